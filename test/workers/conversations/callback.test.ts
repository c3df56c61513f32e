import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { closeCodes } from "../../../src/protocol/wire.ts";
import { verifyCallback } from "../../../src/sdk/server/callbacks.ts";
import { answerWith, askApplication, endpoint, type Question, readers } from "../../support/workers/endpoint.ts";
import { pass } from "../../support/workers/registering.ts";
import { test, type World } from "../../support/workers/world.ts";

/** A conversation about order 42 of an application that is asked; Борис and Анна may read, as long as `may` lists them. */
async function asked(world: World) {
  const may = [world.anna.infoBaseUserId, world.boris.infoBaseUserId];
  const questions = answerWith(readers(() => may));
  await askApplication(world);
  const room = await world.anna.converse({ conversationContext: "/orders/42" });
  questions.length = 0;
  return { may, questions, path: `/conversations/${room.id}`, room };
}

const signatureOf = ({ init }: Question): string => new Headers(init.headers).get("beseda-signature") ?? "";

test("CNV-3 the application is asked, signed, about one object and the users by its own names", async ({ world }) => {
  const { questions, path } = await asked(world);
  expect((await world.boris.get(path)).status).toBe(200);
  const [question] = questions as [Question];
  expect(question).toMatchObject({ url: endpoint, context: "/orders/42", users: [world.boris.infoBaseUserId] });
  expect(question.init).toMatchObject({ method: "POST", redirect: "manual" });
  const { serverKey } = world.store.state.record ?? {};
  await verifyCallback(question.body, signatureOf(question), serverKey ?? {});
  const other = question.body.replace("/orders/42", "/orders/43");
  await expect(verifyCallback(other, signatureOf(question), serverKey ?? {})).rejects.toThrow("does not match");
  pass(301);
  await expect(verifyCallback(question.body, signatureOf(question), serverKey ?? {})).rejects.toThrow("too old");
});

test("CNV-3 readers read, write and listen; the others get not_found", async ({ world }) => {
  const { path, room } = await asked(world);
  const line = await world.boris.live(room.id);
  const message = await world.anna.say(room.id, "Когда отгрузка?");
  expect((await line.event("message")).message).toEqual(message);
  expect((await world.vera.get(path)).body.code).toBe("not_found");
  expect((await world.vera.post(`${path}/messages`, { text: "?" })).body.code).toBe("not_found");
  expect((await world.vera.get(`/messages/${message.id}`)).body.code).toBe("not_found");
  await expect(world.vera.live(room.id)).rejects.toMatchObject({ code: "not_found" });
  const refused = await world.vera.post("/conversations", { conversationContext: "/orders/43" });
  expect(refused.body.code).toBe("forbidden");
});

test("CNV-3 privileged mode needs no answer", async ({ world }) => {
  const { questions, path } = await asked(world);
  expect((await world.privileged.get(path)).status).toBe(200);
  expect(questions).toEqual([]);
});

test("CNV-3 a grant is kept for at most a minute", async ({ world }) => {
  const { may, questions, path } = await asked(world);
  expect((await world.boris.get(path)).status).toBe(200);
  may.length = 0;
  pass(limits.grantSeconds - 1);
  expect((await world.boris.get(path)).status).toBe(200);
  expect(questions).toHaveLength(1);
  pass(2);
  expect((await world.boris.get(path)).body.code).toBe("not_found");
  expect(questions).toHaveLength(2);
});

test("CNV-3 a denial is kept for at most five seconds", async ({ world }) => {
  const { may, questions, path } = await asked(world);
  expect((await world.vera.get(path)).body.code).toBe("not_found");
  may.push(world.vera.infoBaseUserId);
  pass(limits.denialSeconds - 1);
  expect((await world.vera.get(path)).body.code).toBe("not_found");
  expect(questions).toHaveLength(1);
  pass(2);
  expect((await world.vera.get(path)).status).toBe(200);
  expect(questions).toHaveLength(2);
});

test("CNV-3 past the grant a socket hears nothing, takes nothing and closes with a code to come back", async ({
  world,
}) => {
  const { may, path, room } = await asked(world);
  const [listens, writes] = [await world.boris.live(room.id), await world.boris.live(room.id)];
  await listens.next("caughtUp");
  await writes.next("caughtUp");
  pass(limits.grantSeconds + 1);
  writes.send({ type: "post", request: "1", message: { text: "Ещё можно?" } });
  await world.privileged.post(`${path}/messages`, { text: "Тайна", author: world.anna.id });
  for (const line of [listens, writes]) {
    expect(await line.end()).toMatchObject({ code: closeCodes.readExpired.code });
    expect(line.events).toEqual([]);
  }
  expect(closeCodes.readExpired.resumable).toBe(true);
  const texts = async () =>
    (await world.privileged.get(`${path}/messages`)).body.items.map(({ text }: { text: string }) => text);
  expect(await texts()).toEqual(["Тайна"]);
  const again = await world.boris.live(room.id, `?epoch=${room.epoch}&n=0`);
  expect((await again.event("message")).message.text).toBe("Тайна");
  may.length = 0;
  pass(limits.grantSeconds + 1);
  await expect(world.boris.live(room.id)).rejects.toMatchObject({ code: "not_found" });
});

test("CNV-3 what one object's readers may does not count for another object", async ({ world }) => {
  const { questions, path } = await asked(world);
  await world.boris.get(path);
  const other = await world.boris.get("/conversations?conversationContext=/orders/43");
  expect(other.body.items).toEqual([]);
  await world.boris.converse({ conversationContext: "/orders/43" });
  expect(questions.map(({ context }) => context)).toEqual(["/orders/42", "/orders/43"]);
});
