import { expect } from "vitest";
import { closeCodes } from "../../../src/protocol/wire.ts";
import { answerWith, askApplication, readers } from "../../support/workers/endpoint.ts";
import { activitiesIn, settle } from "../../support/workers/inbox.ts";
import { pass } from "../../support/workers/registering.ts";
import { test, type World } from "../../support/workers/world.ts";

const context = "/orders/42";

/** Анна, Борис and Вера may read order 42, have its conversation open and hear of it in their inboxes. */
async function reading(world: World) {
  const people = await Promise.all(
    [world.anna, world.boris, world.vera].map((person) => world.again(person, { contexts: ["/orders/*"] })),
  );
  const [anna, boris, vera] = people as [World["anna"], World["boris"], World["vera"]];
  const { id } = await anna.converse({ conversationContext: context });
  for (const person of [boris, vera]) await person.put(`/conversations/${id}/watch-mode`, { watch: true });
  const [his, hers] = [await boris.live(id), await vera.live(id)];
  const [hisInbox, herInbox] = [await boris.inbox(), await vera.inbox()];
  await anna.say(id, "До отзыва");
  for (const line of [his, hers]) await line.event("message");
  for (const line of [hisInbox, herInbox]) await line.next("activity");
  pass(1);
  return { id, path: `/conversations/${id}`, anna, boris, vera, his, hers, hisInbox, herInbox };
}

test("CNV-3 a revocation of one user on one object cuts every way in, and nobody else's", async ({ world }) => {
  const { id, path, anna, boris, vera, his, hers, hisInbox, herInbox } = await reading(world);
  const revoked = await world.privileged.post("/context-revocations", {
    conversationContext: context,
    user: boris.infoBaseUserId,
  });
  expect(revoked.status).toBe(204);
  expect(his.closed).toMatchObject({ code: closeCodes.readLost.code });
  for (const answer of [await boris.get(path), await boris.post(`${path}/messages`, { text: "?" })])
    expect(answer.body.code).toBe("not_found");
  await expect(boris.live(id)).rejects.toMatchObject({ code: "not_found" });
  expect((await boris.get(`/conversations?conversationContext=${context}`)).body.items).toEqual([]);

  const told = activitiesIn(hisInbox, id).length;
  await anna.say(id, "После отзыва");
  expect((await hers.event("message")).message.text).toBe("После отзыва");
  expect((await herInbox.next("activity")).activity.messages[0].text).toBe("После отзыва");
  await settle(boris, hisInbox);
  expect(activitiesIn(hisInbox, id)).toHaveLength(told);
  expect(await boris.notified()).toEqual({});
  expect(await vera.notified()).toMatchObject({ [id]: 2 });
});

test("CNV-3 a token made after the revocation counts again", async ({ world }) => {
  const { id, path, boris } = await reading(world);
  await world.privileged.post("/context-revocations", { conversationContext: context, user: boris.id });
  pass(1);
  const later = await world.again(boris, { contexts: ["/orders/*"] });
  expect((await later.get(path)).status).toBe(200);
  expect((await boris.get(path)).body.code).toBe("not_found");
  expect(await later.notified()).toMatchObject({ [id]: 1 });
});

test("CNV-3 a revocation on one object leaves the user's other objects alone", async ({ world }) => {
  const { anna, boris } = await reading(world);
  const other = await anna.converse({ conversationContext: "/orders/43" });
  const line = await boris.live(other.id);
  for (const conversationContext of [context, "/orders/99"])
    await world.privileged.post("/context-revocations", { conversationContext, user: boris.id });
  await anna.say(other.id, "Про другой заказ");
  expect((await line.event("message")).message.text).toBe("Про другой заказ");
});

test("CNV-3 a revocation for everybody on one object cuts all users, and not privileged mode", async ({ world }) => {
  const { id, path, anna, boris, vera, his, hers } = await reading(world);
  const server = await world.privileged.live(id);
  await world.privileged.post("/context-revocations", { conversationContext: context });
  for (const line of [his, hers]) expect(line.closed).toMatchObject({ code: closeCodes.readLost.code });
  for (const person of [anna, boris, vera]) expect((await person.get(path)).body.code).toBe("not_found");
  await world.privileged.post(`${path}/messages`, { text: "Служебное", author: anna.id });
  expect((await server.event("message")).message.text).toBe("Служебное");
});

test("CNV-3 a revocation on all objects makes the user's older tokens count no more", async ({ world }) => {
  const { path, boris, his, hers, hisInbox } = await reading(world);
  await world.privileged.post("/context-revocations", { user: boris.id });
  expect(await his.end()).toMatchObject({ code: closeCodes.credentialsChanged.code });
  expect(await hisInbox.end()).toMatchObject({ code: closeCodes.credentialsChanged.code });
  expect(hers.closed).toBeUndefined();
  expect((await boris.get(path)).body.code).toBe("unauthenticated");
  pass(1);
  const later = await world.again(boris, { contexts: [] });
  expect((await later.get("/users/me")).status).toBe(200);
  expect((await later.get(path)).body.code).toBe("not_found");
});

test("CNV-3 a revocation for everybody on all objects ends every older token of the application", async ({ world }) => {
  const { boris, vera, his, hers } = await reading(world);
  await world.privileged.post("/context-revocations", {});
  for (const line of [his, hers]) expect(await line.end()).toMatchObject({ code: closeCodes.credentialsChanged.code });
  for (const person of [boris, vera]) expect((await person.get("/users/me")).body.code).toBe("unauthenticated");
});

test("CNV-3 after a revocation the application is asked anew", async ({ world }) => {
  const may = [world.boris.infoBaseUserId];
  const questions = answerWith(readers(() => may));
  await askApplication(world);
  const { id } = await world.boris.converse({ conversationContext: context });
  const line = await world.boris.live(id);
  expect(questions).toHaveLength(1);
  may.length = 0;
  await world.privileged.post("/context-revocations", { conversationContext: context, user: world.boris.id });
  expect(line.closed).toMatchObject({ code: closeCodes.readLost.code });
  expect((await world.boris.get(`/conversations/${id}`)).body.code).toBe("not_found");
  expect(questions).toHaveLength(2);
});

test("CNV-3 only privileged mode revokes, and only what exists", async ({ world }) => {
  const { path, boris } = await reading(world);
  const code = await world.again(world.anna, { scopes: ["code", "dataAdministration", "registerSystem"] });
  for (const caller of [boris, code, world.plain])
    expect((await caller.post("/context-revocations", { conversationContext: context })).body.code).toBe("forbidden");
  const unknown = await world.privileged.post("/context-revocations", { user: "0".repeat(26) });
  expect(unknown.body).toMatchObject({ code: "not_found", field: "user" });
  const odd = await world.privileged.post("/context-revocations", { conversationContext: "orders" });
  expect(odd.body.code).toBe("validation");
  expect((await boris.get(path)).status).toBe(200);
});
