import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { connect } from "../../../src/sdk/client/index.ts";
import { Application } from "../../../src/sdk/server/index.ts";
import { cast, romashka } from "../../support/cast.ts";
import { call, door, origin } from "../../support/workers/door.ts";
import { DoorSocket } from "../../support/workers/door-socket.ts";
import { database, entered, register } from "../../support/workers/registering.ts";
import { stored } from "../../support/workers/stored.ts";
import { memoryStore, test } from "../../support/workers/world.ts";

/** The global fetch of a runtime, which refuses to be called as a method of something else. */
const strictFetch = function (this: unknown, input: RequestInfo | URL, init?: RequestInit) {
  if (this !== undefined && this !== globalThis) throw new TypeError("Illegal invocation");
  return door(input as string, init);
};

test("REG-42 the SDK registers, writes and listens from within a Worker", async () => {
  const { application } = database();
  await register(application);
  const token = await application.mintUserToken(cast.anna);
  const beseda = connect(() => token, { fetch: door, WebSocket: DoorSocket as unknown as typeof WebSocket });
  const { id: room = "" } = await beseda.createConversation({ title: "Склад" }).write();
  const heard = Promise.withResolvers<string>();
  const subscription = await beseda.subscribe(room, {
    event: (event) => event.type === "message" && heard.resolve(event.message.text),
  });
  const message = await beseda.createMessage(room, { text: "Привет" }).write();
  expect(await heard.promise).toBe("Привет");
  expect((await beseda.getMessages({ conversation: room })).items.map(({ id }) => id)).toEqual([message.id]);
  subscription.detach();
  beseda.close();
});

test("REG-42 the SDK lives with the fetch of its runtime", async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation(strictFetch as typeof fetch);
  const store = memoryStore();
  const application = new Application(store, { rights: ["registerSystem"] });
  expect((await register(application)).registrationCompleted).toBe(true);
  await application.rotateKey();
  expect(await application.connect().infoBaseRegistered()).toBe(true);
  await application.unregisterInfoBase();
  expect(store.state.record).toBeUndefined();
});

test("REG-42 both halves of an application are clients: a user's token and the server's own", async ({ world }) => {
  const room = await world.anna.converse({ title: "Склад", members: [world.boris.id] });
  const user = connect(() => world.boris.token, { fetch: door });
  const server = world.application.connectPrivileged();
  expect((await user.getConversation(room.id)).title).toBe("Склад");
  expect((await server.getConversation(room.id)).title).toBe("Склад");
  await expect(user.getUsers()).rejects.toMatchObject({ code: "forbidden" });
  expect((await server.getUsers()).items).toHaveLength(3);
});

test("REG-43 what was said stays on the server when everybody is gone and the object sleeps", async ({ world }) => {
  const room = await world.anna.converse({ title: "Склад", members: [world.boris.id] });
  const message = await world.anna.say(room.id, "Ключ у охраны");
  await evictDurableObject(env.CONVERSATIONS.getByName(room.id));
  expect((await world.boris.get(`/conversations/${room.id}/messages`)).body.items).toEqual([message]);
});

test.for([
  ["registering", ["requestRegistration", "activateRegistration", "getRegistration"]],
  ["unregistering", ["unregister", "cancelApplication"]],
  ["the application", ["getApplication", "addKey", "removeKey", "setContextAccess"]],
  [
    "the subscriber",
    ["getSubscriber", "setSubscriberEmail", "addToSubscriberAdministrators", "getNewAdministrationKey"],
  ],
  ["users", ["createUser", "createUsers", "getUser", "getUsers", "getUserId", "updateUser"]],
  ["conversations", ["createConversation", "getConversation", "getConversations", "addMembers", "removeMember"]],
  ["messages", ["postMessage", "getMessage", "getMessages", "updateMessage", "deleteMessage"]],
  ["tools for messages", ["openConversation", "openInbox"]],
] as const)("REG-46 the API has operations for %s", async ([, operations]) => {
  const { paths } = (await call("GET", "/api/v1/openapi.json")).body as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const offered = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  expect(offered).toEqual(expect.arrayContaining([...operations]));
  expect(new Set(offered).size).toBe(offered.length);
});

test("REG-46 registration data are read and written, and tools for messages are built, with the SDK", async ({
  world,
}) => {
  const data = await world.application.getInfoBaseRegistrationData();
  const { application } = database();
  await application.setInfoBaseRegistrationData(data);
  const token = await application.mintUserToken(cast.boris);
  const beseda = connect(() => token, { fetch: door, WebSocket: DoorSocket as unknown as typeof WebSocket });
  const room = await world.anna.converse({ title: "Заказы", key: "orders", members: [world.boris.id] });
  const handled = Promise.withResolvers<unknown>();
  const handler = await beseda.beginAttachNewMessagesHandler(undefined, "orders", (message) =>
    handled.resolve(message.data),
  );
  await world.anna.say(room.id, "", { data: { order: 42 } });
  expect(await handled.promise).toEqual({ order: 42 });
  handler.detach();
  beseda.close();
  expect(data).toMatchObject({ ...romashka, serverAddress: origin });
  expect(entered.email).toBe(data?.email);
});

test("REG-48 people of an outside system, and what code brings in of them, are read here like all else", async ({
  world,
}) => {
  const { boris, privileged } = world;
  const gleb = await stored(world, {
    kind: "integration",
    externalSystemType: "Telegram",
    externalSystemUserId: "7001",
    name: "Глеб",
  });
  const room = await privileged.converse({ title: "Глеб в Telegram", members: [boris.id, gleb?.id] });
  const line = await boris.live(room.id);
  const written = { author: gleb?.id, date: "2026-11-23T18:00:00.000Z" };
  const message = await privileged.say(room.id, "Когда отгрузка?", written);
  expect(message).toMatchObject(written);
  expect((await line.event("message")).message).toEqual(message);
  expect(await boris.notified()).toEqual({ [room.id]: 1 });
  const answer = await boris.say(room.id, "Завтра");
  expect((await boris.get(`/conversations/${room.id}/messages`)).body.items).toEqual([answer, message]);
  expect((await boris.get(`/users/${message.author}`)).body).toMatchObject({ kind: "integration", name: "Глеб" });
});
