import { expect, vi } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { closeCodes } from "../../../src/protocol/wire.ts";
import { cast } from "../../support/cast.ts";
import { answerWith, askApplication, readers } from "../../support/workers/endpoint.ts";
import { pass } from "../../support/workers/registering.ts";
import { Caller, test } from "../../support/workers/world.ts";

test("CNV-3 reading and writing are open to whom the token gives Read, and to nobody else", async ({ world }) => {
  const anna = await world.again(world.anna, { contexts: ["/orders/42"] });
  const boris = await world.again(world.boris, { contexts: ["/stock/1", "/orders/*"] });
  const room = await anna.converse({ conversationContext: "/orders/42" });
  const line = await boris.live(room.id);
  const message = await anna.say(room.id, "Когда отгрузка?");
  expect((await line.event("message")).message).toEqual(message);
  expect((await boris.say(room.id, "Завтра")).author).toBe(boris.id);

  const others = [
    world.vera,
    await world.again(world.vera, { contexts: ["/orders/43", "/orders/4/*"] }),
    await world.again(world.vera, { scopes: ["dataAdministration", "code"] }),
  ];
  for (const other of others) {
    const path = `/conversations/${room.id}`;
    const answers = [
      await other.get(path),
      await other.patch(path, { title: "Моё" }),
      await other.get(`${path}/messages`),
      await other.post(`${path}/messages`, { text: "Можно?" }),
      await other.get(`/messages/${message.id}`),
      await other.delete(`/messages/${message.id}`),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(answers.map(() => "not_found"));
    await expect(other.live(room.id)).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await anna.get(`/conversations/${room.id}`)).body.n).toBe(2);
});

test("CNV-3 contexts are compared after one normalisation, in a token as in a request", async ({ world }) => {
  const anna = await world.again(world.anna, { contexts: ["HTTPS://Shop.Example:443/заказы/*"] });
  const room = await anna.converse({ conversationContext: "https://shop.example/заказы/42" });
  for (const contexts of [[room.conversationContext], ["https://SHOP.example/заказы/../заказы/42"]]) {
    const boris = await world.again(world.boris, { contexts });
    expect((await boris.get(`/conversations/${room.id}`)).status).toBe(200);
  }
});

test("CNV-3 an application acts as a user with the contexts that its token lists", async ({ world }) => {
  const reader = await world.as(world.boris.id, { contexts: ["/orders/*"] });
  const { id } = await reader.converse({ conversationContext: "/orders/42" });
  expect((await reader.say(id, "От сервера")).author).toBe(world.boris.id);
  expect((await (await world.as(world.boris.id)).get(`/conversations/${id}`)).body.code).toBe("not_found");
});

test("CNV-3 whoever may not read an object creates no conversation about it", async ({ world }) => {
  const { vera } = world;
  for (const conversationContext of ["/orders/42", "/orders/43"]) {
    const answer = await vera.post("/conversations", { conversationContext });
    expect(answer.body).toMatchObject({ code: "forbidden", field: "conversationContext" });
  }
  expect((await world.privileged.get("/conversations")).body.items).toEqual([]);
});

test("CNV-5 an object that is not stored yet has no conversation", async ({ world }) => {
  const anna = await world.again(world.anna, { contexts: ["*"] });
  const unsaved = ["/orders?ref=", "/orders/00000000-0000-0000-0000-000000000000", "заказ", ""];
  for (const conversationContext of unsaved) {
    const answer = await anna.post("/conversations", { conversationContext });
    expect(answer.body).toMatchObject({ code: "validation", field: "conversationContext" });
  }
  const long = `/orders/${"4".repeat(limits.contextUrl)}`;
  expect((await anna.post("/conversations", { conversationContext: long })).body.code).toBe("limit_exceeded");
  expect((await world.privileged.get("/conversations")).body.items).toEqual([]);
});

test("CNV-3 the right ends with the token, on sockets too", async ({ world }) => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const claims = { infoBaseUserId: cast.boris.infoBaseUserId, name: cast.boris.name, contexts: ["/orders/*"] };
  const boris = new Caller(await world.application.mintUserToken({ ...claims, seconds: 60 }));
  const { id } = await boris.converse({ conversationContext: "/orders/42" });
  const line = await boris.live(id);
  await line.next("caughtUp");
  pass(61);
  const fresh = new Caller(await world.application.mintUserToken(claims));
  await fresh.say(id, "Без старого токена");
  expect(await line.end()).toMatchObject({ code: closeCodes.tokenExpired.code });
  expect(line.events).toEqual([]);
  expect((await boris.get(`/conversations/${id}`)).body.code).toBe("unauthenticated");
});

test("CNV-3 the application switches from one way to the other and back", async ({ world }) => {
  const boris = await world.again(world.boris, { contexts: ["/orders/*"] });
  const { id } = await boris.converse({ conversationContext: "/orders/42" });
  const questions = answerWith(readers(() => [world.vera.infoBaseUserId]));
  await askApplication(world);
  expect((await boris.get(`/conversations/${id}`)).body.code).toBe("not_found");
  expect((await world.vera.get(`/conversations/${id}`)).status).toBe(200);
  expect(questions).toHaveLength(2);
  await world.privileged.put("/application/context-access", { way: "claims" });
  expect((await boris.get(`/conversations/${id}`)).status).toBe(200);
  expect((await world.vera.get(`/conversations/${id}`)).body.code).toBe("not_found");
  expect(questions).toHaveLength(2);
});
