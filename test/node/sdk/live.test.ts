import { type Collaboration, type Ending, type Event, type Message, standardUsers } from "beseda/client";
import { expect, vi } from "vitest";
import { Heard } from "../../support/node/heard.ts";
import { test as base } from "../../support/node/test.ts";
import type { World } from "../../support/node/world.ts";

const key = "склад";
const test = base.extend("room", async ({ world }) => {
  const { anna, boris, vera } = world;
  return anna.beseda.createConversation({ key, title: "Склад", members: [boris.id, vera.id] }).write();
});

/** A WebSocket whose messages pass through a test before the program gets them. */
function passing(take: (frame: { type: string }, socket: WebSocket) => boolean): typeof WebSocket {
  return class extends WebSocket {
    override addEventListener(type: string, listener: unknown, options?: AddEventListenerOptions): void {
      const hear = listener as (event: globalThis.Event) => void;
      super.addEventListener(
        type,
        (event) => {
          const { data } = event as MessageEvent<string | ArrayBuffer>;
          const frame = () => JSON.parse(typeof data === "string" ? data : new TextDecoder().decode(data));
          if (type !== "message" || take(frame(), this)) hear(event);
        },
        options,
      );
    }
  } as typeof WebSocket;
}

test("R6 a frame that was lost on the way is noticed at the next answer, and its message told once and in order", async ({
  world,
  room: _,
}) => {
  const dropped = new Heard<WebSocket>();
  const sockets = new Set<WebSocket>();
  const program = world.boris.open({
    WebSocket: passing((frame, socket) => {
      sockets.add(socket);
      if (frame.type !== "events" || dropped.all.length > 0) return true;
      dropped.take(socket);
      return false;
    }),
  });
  const heard = new Heard<Message>();
  await program.beginAttachNewMessagesHandler(undefined, key, heard.take);
  await world.vera.beseda.createMessage(key, { text: "потерянное" }).write();
  // The question that the program's own heartbeat would put within 25 seconds.
  (await dropped.next()).send("ping");
  expect((await heard.next()).text).toBe("потерянное");
  await world.vera.beseda.createMessage(key, { text: "следующее" }).write();
  expect((await heard.next()).text).toBe("следующее");
  expect([heard.all.length, sockets.size]).toEqual([2, 2]);
});

test("R6 without a later answer it is noticed at the next event, which waits for the lost one", async ({
  world,
  room: _,
}) => {
  let isDropped = false;
  const program = world.boris.open({
    WebSocket: passing((frame) => {
      if (frame.type !== "events" || isDropped) return true;
      isDropped = true;
      return false;
    }),
  });
  const heard = new Heard<Message>();
  await program.beginAttachNewMessagesHandler(undefined, key, heard.take);
  for (const text of ["потерянное", "следующее"]) await world.vera.beseda.createMessage(key, { text }).write();
  expect((await heard.count(2)).map(({ text }) => text)).toEqual(["потерянное", "следующее"]);
});

test("R4 with tokens that live for seconds a subscription goes on for ever, and tells every message once", async ({
  world,
  room: _,
}) => {
  const given = new Heard<string>();
  let isConnectedOnce = 0;
  const { boris, vera } = world;
  const program = boris.open({}, { seconds: 2 });
  const asked = vi.spyOn(world.application, "mintUserToken");
  const heard = new Heard<string>();
  const subscription = await program.subscribe(key, {
    event: (event: Event) => event.type === "message" && heard.take(event.message.text),
    state: (isConnected) => (isConnectedOnce += isConnected ? 1 : 0),
    conversation: ({ title }) => given.take(title),
  });
  const texts: string[] = [];
  // Each greeting is a new connection, with a new token.
  for (let connections = 1; connections <= 4; connections++) {
    await given.count(connections);
    texts.push(`при ${connections}-м подключении`);
    await vera.beseda.createMessage(key, { text: texts.at(-1) as string }).write();
    texts.push((await subscription.send({ text: `ответ на ${connections}-м` })).text);
  }
  expect(await heard.count(texts.length)).toEqual(texts);
  expect(asked.mock.calls.length).toBeGreaterThanOrEqual(4);
  expect(isConnectedOnce).toBe(1);
});

/** How each final end comes about. */
const endings: [string, { code: number; error: string }, (world: World) => Promise<void>][] = [
  [
    "the user is removed from the conversation",
    { code: 4010, error: "not_found" },
    async ({ anna, boris }) => (await anna.beseda.getConversation(key)).removeMember(boris.id),
  ],
  [
    "the user is blocked",
    { code: 4011, error: "user_blocked" },
    async ({ privileged, boris }) => void (await privileged.updateUser(boris.id, { isLocked: true })),
  ],
  [
    "the application is unregistered",
    { code: 4012, error: "not_registered" },
    ({ application }) => application.unregisterInfoBase(),
  ],
];

test.for(endings)(
  "R4 when %s, the subscription ends and the handlers hear why",
  async ([, { code, error }, cause], { world, room: _ }) => {
    const ended = new Heard<Ending>();
    const failed = new Heard<unknown>();
    await world.boris.beseda.subscribe(key, { ended: ended.take });
    await world.boris.beseda.beginAttachNewMessagesHandler(undefined, key, () => undefined, { onError: failed.take });
    await cause(world);
    expect(await ended.next()).toMatchObject({ code, error: { code: error } });
    expect(await failed.next()).toMatchObject({ code: error });
  },
);

test("R4 when the Read right on its object is taken away, the subscription ends", async ({ world }) => {
  const reader = world.anna.open({}, { contexts: ["/orders/*"] });
  const about = await reader.createConversation({ conversationContext: "/orders/7" }).write();
  const ended = new Heard<Ending>();
  await reader.subscribe(about.id as string, { ended: ended.take });
  const token = await world.application.mintApplicationToken({ privileged: true });
  await fetch(`${world.origin}/api/v1/context-revocations`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "beseda-privileged": "1", "content-type": "application/json" },
    body: JSON.stringify({ conversationContext: "/orders/7" }),
  });
  expect(await ended.next()).toMatchObject({ code: 4013, error: { code: "not_found" } });
});

test("REG-42 code on the server subscribes in privileged mode, to conversations that it is no member of", async ({
  world,
  room: _,
}) => {
  const heard = new Heard<Message>();
  await world.privileged.beginAttachNewMessagesHandler(undefined, key, heard.take);
  await world.vera.beseda.createMessage(key, { text: "Привет" }).write();
  expect((await heard.next()).text).toBe("Привет");
  const plain: Collaboration = world.keep(world.application.connect());
  await expect(plain.subscribe(key, {})).rejects.toMatchObject({ code: "unauthenticated" });
});

test("SUB-14 a subscription knows its conversation as it is now: title and members follow the events", async ({
  world,
  room,
}) => {
  const { boris, vera } = world;
  const events = new Heard<Event>();
  const subscription = await boris.beseda.subscribe(key, { event: events.take });
  room.title = "Главный склад";
  await room.write();
  await room.removeMember(vera.id);
  await room.addMembers([standardUsers.allApplicationUsers]);
  await events.count(3);
  const { title, members, memberCount } = subscription.conversation ?? {};
  const fresh = await boris.beseda.getConversation(key);
  expect({ title, members: members?.toSorted(), memberCount }).toEqual({
    title: fresh.title,
    members: fresh.members.toSorted(),
    memberCount: fresh.memberCount,
  });
});
