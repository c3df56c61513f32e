import { createScheduledController, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { Conversation } from "../../../durable-objects/conversation.ts";
import { receive } from "../../../durable-objects/frames.ts";
import type { Live } from "../../../durable-objects/sockets.ts";
import { inboxOf } from "../../../durable-objects/stubs.ts";
import { applicationById } from "../../../src/storage/directory/applications.ts";
import { directoryOf } from "../../../src/storage/directory/database.ts";
import { addRevocation, newRevocation, type Revocation } from "../../../src/storage/directory/revocations.ts";
import { conversationsOfSockets } from "../../../src/storage/inbox/sockets.ts";
import worker from "../../../src/worker.ts";
import { test, type World } from "../../support/workers/world.ts";

/** An order to end what credentials from before now have opened. */
async function order(world: World, user: string | null, cause: Revocation["cause"]): Promise<Revocation> {
  const shards = (await applicationById(directoryOf(env), world.id))?.shards ?? 0;
  return { application: world.id, shards, user, blocked: null, validFrom: Date.now(), cause };
}

test("USR-23 whoever comes in while older sockets are being closed is remembered for the next block", async ({
  world,
}) => {
  const { anna, boris } = world;
  const [first, second] = await Promise.all(
    ["Один", "Два"].map((title) => anna.converse({ title, members: [boris.id] })),
  );
  await boris.live(first.id);
  const revocation = await order(world, boris.id, "credentialsChanged");
  const inbox = inboxOf(env, revocation, boris.id);
  const revoking = inbox.revoke(revocation);
  expect(await inbox.admit(boris.id, second.id, Date.now() + 1_000, Date.now() + 60_000)).toBeUndefined();
  await revoking;
  const remembered = await runInDurableObject(inbox, (_, { storage }) => conversationsOfSockets(storage.sql, boris.id));
  expect(remembered).toContain(second.id);
});

test("USR-23 the answer to a block waits until the last conversation has cut the user off", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  const line = await boris.live(room.id);
  const progress = { isCalled: false, isReleased: false, isAnswered: false };
  const { cut } = Conversation.prototype;
  vi.spyOn(Conversation.prototype, "cut").mockImplementation(async function (this: Conversation, ...order) {
    progress.isCalled = true;
    // A promise of the test's would belong to another object, so this conversation asks again and again.
    while (!progress.isReleased) await scheduler.wait(1);
    cut.apply(this, order);
  } as typeof cut);
  const answer = privileged.patch(`/users/${boris.id}`, { isLocked: true }).finally(() => {
    progress.isAnswered = true;
  });
  while (!progress.isCalled) await anna.get("/users/me");
  expect((await anna.get(`/users/${boris.id}`)).body.isLocked).toBe(true);
  expect([progress.isAnswered, line.closed]).toEqual([false, undefined]);
  progress.isReleased = true;
  expect((await answer).status).toBe(200);
  expect(await line.end()).toMatchObject({ code: 4011 });
});

test("REG-18 an end of registration that a crash left behind closes nothing that newer credentials opened", async ({
  world,
}) => {
  const { anna, boris } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  const older = [await boris.live(room.id), await boris.inbox()];
  const revocation = await order(world, null, "unregistered");
  await addRevocation(directoryOf(env), newRevocation(revocation, Date.now()));
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + 90_000);
  const again = await world.again(boris, {});
  const [live, inbox] = [await again.live(room.id), await again.inbox()];
  await worker.scheduled(createScheduledController(), env);
  for (const line of older) expect(await line.end()).toMatchObject({ code: 4012 });
  await anna.say(room.id, "Снова вместе");
  expect((await live.event("message")).message.text).toBe("Снова вместе");
  expect((await inbox.next("activity")).activity.conversationId).toBe(room.id);
});

test("USR-23 frames that wait behind another are not taken any more once their socket is cut off", async () => {
  const posted: unknown[] = [];
  const opened = Promise.withResolvers<void>();
  const live = { socket: {}, caller: {}, until: Number.POSITIVE_INFINITY } as unknown as Live;
  let isOpen = true;
  const room = {
    sockets: { of: () => (isOpen ? live : undefined), send: () => undefined },
    post: async (_: unknown, { text }: { text?: string }) => {
      posted.push(text);
      await opened.promise;
      return { value: { message: "{}" } };
    },
  };
  const say = (text: string, more: object = {}) =>
    receive(room as never, live, JSON.stringify({ type: "post", request: text, message: { text, ...more } }));
  const frames = [say("первое", { recipients: [crypto.randomUUID()] }), say("второе"), say("третье")];
  await Promise.resolve();
  isOpen = false;
  opened.resolve();
  await Promise.all(frames);
  expect(posted).toEqual(["первое"]);
});
