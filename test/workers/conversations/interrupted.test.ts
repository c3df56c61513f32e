import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { everyMinute } from "../../../src/consumers/minute.ts";
import { pairOf } from "../../../src/domain/conversations/plan.ts";
import { newId } from "../../../src/protocol/ids.ts";
import { configOf } from "../../../src/storage/config.ts";
import {
  addConversation,
  type CreationSpec,
  conversationById,
  unfinishedConversations,
} from "../../../src/storage/directory/conversations.ts";
import { directoryOf } from "../../../src/storage/directory/database.ts";
import { pass } from "../../support/workers/registering.ts";
import { type Caller, test, type World } from "../../support/workers/world.ts";

const db = directoryOf(env);

/** Leaves what a crash leaves between the directory's row and the object: Анна was creating a conversation. */
async function interrupted({ id: application, anna, boris }: World, parts: Partial<CreationSpec> = {}) {
  const spec: CreationSpec = {
    id: newId(),
    application,
    shards: configOf(env).shards,
    kind: "group",
    key: "склад",
    title: "Склад",
    displayed: true,
    viewOnly: false,
    conversationContext: null,
    creator: anna.id,
    members: [anna.id, boris.id],
    everyone: false,
    created: Date.now(),
    ...parts,
  };
  const { id, kind, key, conversationContext: context, members, created } = spec;
  const pair = kind === "oneToOne" ? pairOf(members) : null;
  await addConversation(db, { id, application, kind, key, context, pair, request: `${anna.id} 1`, spec, created });
  return spec;
}

/** Who may meet the row, and what they get. */
const meetings: Record<string, (boris: Caller, id: string) => Promise<unknown>> = {
  "reads it by id": (boris, id) => boris.get(`/conversations/${id}`),
  "reads it by key": (boris) => boris.get("/conversations/склад"),
  "posts a message": (boris) => boris.post("/conversations/склад/messages", { text: "Есть кто?" }),
  "reads its messages": (boris, id) => boris.get(`/conversations/${id}/messages`),
  "lists its members": (boris) => boris.get("/conversations/склад/members"),
  "searches for its key": async (boris) => {
    const { status, body } = await boris.get("/conversations?key=склад");
    return { status: body.items.length === 1 ? status : 404 };
  },
  "opens a socket": async (boris) => ({ status: (await boris.live("склад")) ? 200 : 0 }),
};

for (const [meeting, meet] of Object.entries(meetings)) {
  test(`CNV-14 a creation that was interrupted is finished by whoever ${meeting}`, async ({ world }) => {
    const { id, members } = await interrupted(world);
    expect(await meet(world.boris, id)).toMatchObject({ status: expect.toBeOneOf([200, 201]) });
    expect((await conversationById(db, world.id, id))?.spec).toBeNull();
    expect((await world.anna.get("/conversations/склад")).body).toMatchObject({ id, title: "Склад", memberCount: 2 });
    expect((await world.anna.get("/conversations")).body.items).toHaveLength(1);
    expect(members).toContain(world.boris.id);
    expect((await world.vera.get(`/conversations/${id}`)).body.code).toBe("not_found");
  });
}

test("CNV-14 its author's repeat finishes an interrupted creation and returns it", async ({ world }) => {
  const { id } = await interrupted(world);
  const repeat = await world.anna.post("/conversations", { key: "склад", title: "Склад", clientId: "1" });
  expect([repeat.status, repeat.body.id]).toEqual([200, id]);
});

test("CNV-25 the partner's creation finishes an interrupted one-to-one conversation", async ({ world }) => {
  const { id } = await interrupted(world, { kind: "oneToOne", key: null, title: "" });
  const { status, body } = await world.boris.post("/conversations", { group: false, members: [world.anna.id] });
  expect([status, body.id]).toEqual([200, id]);
});

test("CNV-4 an interrupted creation keeps its object, and is finished by its view", async ({ world }) => {
  const boris = await world.again(world.boris, { contexts: ["*"] });
  const { id } = await interrupted(world, { kind: "context", conversationContext: "/orders/42", members: [] });
  expect((await boris.post("/conversations", { conversationContext: "/orders/42" })).body.code).toBe("conflict");
  const { body } = await boris.get("/conversations?conversationContext=/orders/42");
  expect(body.items).toEqual([expect.objectContaining({ id, conversationContext: "/orders/42" })]);
});

test("CNV-3 a revocation counts for a conversation whose creation was interrupted", async ({ world }) => {
  const boris = await world.again(world.boris, { contexts: ["*"] });
  const { id } = await interrupted(world, { kind: "context", conversationContext: "/orders/42", members: [] });
  pass(1);
  await world.privileged.post("/context-revocations", { conversationContext: "/orders/42", user: boris.id });
  expect((await boris.get(`/conversations/${id}`)).body.code).toBe("not_found");
});

test("CNV-14 the minute's work finishes a creation that nobody meets, once it is a minute old", async ({ world }) => {
  const { id, created } = await interrupted(world);
  await everyMinute(env, created + 59_000);
  expect((await world.boris.get("/conversations")).body.items).toEqual([]);
  for (const seconds of [61, 121]) {
    await everyMinute(env, created + seconds * 1_000);
    expect(await unfinishedConversations(db, created + 120_000, 10)).toEqual([]);
    const { body } = await world.boris.get("/conversations");
    expect(body.items).toEqual([expect.objectContaining({ id, title: "Склад" })]);
  }
});

test("CNV-14 finishing a creation twice takes nothing back that happened since", async ({ world }) => {
  const { anna, boris } = world;
  const spec = await interrupted(world);
  await anna.say("склад", "Начали");
  await anna.patch("/conversations/склад", { title: "Склад 2" });
  await boris.delete("/conversations/склад/members/me");
  await env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(spec.id)).create(spec);
  expect((await anna.get("/conversations/склад")).body).toMatchObject({ title: "Склад 2", memberCount: 1, n: 3 });
  expect((await anna.get("/conversations")).body.items[0]).toMatchObject({ title: "Склад 2", m: 1 });
  expect((await boris.get("/conversations")).body.items).toEqual([]);
});
