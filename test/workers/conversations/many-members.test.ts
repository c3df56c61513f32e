import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { standardUsers } from "../../../src/protocol/wire.ts";
import { test, type World } from "../../support/workers/world.ts";

const everyone = standardUsers.allApplicationUsers;

/** Ids of as many users, put into the directory in one go: nobody of them speaks. */
async function usersOf({ id: application }: World, count: number): Promise<string[]> {
  const { results } = await env.DIRECTORY.prepare(
    `WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ?1)
     INSERT INTO users (id, application, kind, info_base_user_id, name, name_folded, full_name, full_name_folded, created)
     SELECT printf('%026d', i), ?2, 'regular', printf('c0000000-0000-4000-8000-%012d', i), 'Человек', 'человек', 'Человек', 'человек', 0
     FROM numbers RETURNING id`,
  )
    .bind(count, application)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}

test("CNV-21 3,000 members are created and listed, and number 3,001 is too many", async ({ world }) => {
  const { boris, privileged } = world;
  const crowd = await usersOf(world, limits.conversationMembers);
  const one = crowd.pop() ?? "";
  const whole = await boris.converse({ key: "все", members: crowd });
  expect(whole).toMatchObject({ memberCount: limits.conversationMembers });
  expect(whole.members).toHaveLength(limits.membersShown);

  for (const draft of [{ members: [...crowd, one] }, { members: [...crowd, one, boris.id, world.vera.id] }]) {
    const answer = await boris.post("/conversations", { key: "лишние", ...draft });
    expect(answer.body).toMatchObject({ code: "limit_exceeded", field: "members" });
  }
  expect((await privileged.get("/conversations/лишние")).body.code).toBe("not_found");

  const added = await boris.post("/conversations/все/members", { users: [one] });
  expect(added.body).toMatchObject({ code: "limit_exceeded", field: "users" });
  await boris.delete(`/conversations/все/members/${crowd[0]}`);
  expect((await boris.post("/conversations/все/members", { users: [one] })).status).toBe(204);

  const seen = new Set<string>();
  for (let query = "?count=250"; query; ) {
    const { items, cursor } = (await boris.get(`/conversations/все/members${query}`)).body;
    for (const { user } of items) seen.add(user);
    query = cursor === undefined ? "" : `?count=250&cursor=${cursor}`;
  }
  expect(seen).toEqual(new Set([boris.id, one, ...crowd.slice(1)]));
});

test("CNV-22 all application users stand beside 3,000 listed members", async ({ world }) => {
  const crowd = await usersOf(world, limits.conversationMembers);
  const draft = { key: "все", members: [...crowd, everyone] };
  expect(await world.privileged.converse(draft)).toMatchObject({ memberCount: limits.conversationMembers });
  expect((await world.vera.get("/conversations/все")).body.members).toContain(everyone);
});

test("CNV-22 all application users are in, those that come later included, and nobody else", async ({ world }) => {
  const { anna, boris, privileged } = world;
  await privileged.converse({ key: "новости", members: [everyone] });
  await boris.say("новости", "Привет всем");
  const later = await world.person({ infoBaseUserId: "1a7e0000-0000-4000-8000-000000000009", name: "Галя" });
  const line = await later.live("новости");
  await anna.say("новости", "Галя с нами");
  expect((await line.event("message")).message.text).toBe("Галя с нами");
  expect((await later.get("/conversations/новости/messages")).body.items).toHaveLength(2);
  expect((await later.get("/conversations")).body.items).toHaveLength(1);
});

test("CNV-22 all application users come in and out like a member, and who stays by name keeps hearing", async ({
  world,
}) => {
  const { anna, boris, vera } = world;
  const room = await anna.converse({ members: [boris.id] });
  const path = `/conversations/${room.id}`;
  expect((await vera.get(path)).status).toBe(404);
  await boris.post(`${path}/members`, { users: [everyone] });
  expect((await vera.get(path)).body).toMatchObject({ members: expect.arrayContaining([everyone]), memberCount: 2 });
  const [listed, guest] = [await boris.live(room.id), await vera.live(room.id)];
  expect((await vera.delete(`${path}/members/${everyone}`)).body.code).toBe("forbidden");
  await anna.delete(`${path}/members/${everyone}`);
  expect((await guest.end()).code).toBe(4010);
  await anna.say(room.id, "Мы остались");
  expect((await listed.event("message")).message.text).toBe("Мы остались");
  expect((await vera.get(path)).body.code).toBe("not_found");
});

test("CNV-22 who leaves the list of a conversation of all users is still one of all", async ({ world }) => {
  const { anna, boris } = world;
  const room = await anna.converse({ members: [boris.id, everyone] });
  const line = await boris.live(room.id);
  expect((await boris.delete(`/conversations/${room.id}/members/me`)).status).toBe(204);
  await anna.say(room.id, "Всем");
  expect((await line.event("message")).message.text).toBe("Всем");
});
