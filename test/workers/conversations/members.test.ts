import { expect } from "vitest";
import { closeCodes } from "../../../src/protocol/wire.ts";
import { test } from "../../support/workers/world.ts";

const anybody = "00000000-0000-4000-8000-000000000000";

test("CNV-6 to everyone but its members a group does not exist, on every path", async ({ world }) => {
  const { anna, boris, vera } = world;
  const room = await anna.converse({ title: "Склад", key: "склад", members: [boris.id] });
  const message = await anna.say(room.id, "Секрет");
  for (const name of [room.id, "склад"]) {
    const path = `/conversations/${name}`;
    const answers = [
      await vera.get(path),
      await vera.patch(path, { title: "Моё" }),
      await vera.get(`${path}/messages`),
      await vera.post(`${path}/messages`, { text: "Можно?" }),
      await vera.get(`${path}/members`),
      await vera.post(`${path}/members`, { users: [vera.id] }),
      await vera.delete(`${path}/members/me`),
      await vera.delete(`${path}/members/${boris.id}`),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(answers.map(() => "not_found"));
    await expect(vera.live(name)).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await vera.get(`/messages/${message.id}`)).body.code).toBe("not_found");
  expect((await vera.get("/conversations")).body.items).toEqual([]);
  const after = (await anna.get(`/conversations/${room.id}`)).body;
  expect(after).toEqual({ ...room, n: 1 });
});

test("CNV-6 who is not a member gets the same answer as for a key that nobody uses, whatever is asked", async ({
  world,
}) => {
  const { anna, boris, vera } = world;
  await anna.converse({ key: "секрет" });
  await boris.post("/conversations", { key: "чужое" });
  await world.privileged.patch(`/users/${vera.id}`, { isLocked: true });
  const posts = [
    { text: "x".repeat(4_001) },
    { text: "x", date: "2026-01-01T00:00:00.000Z" },
    { text: "<b>x</b>", textFormat: "text/html" },
    { text: "x", recipients: [anybody] },
    { text: "x", recipients: [vera.id] },
  ];
  const answers = async (key: string) => {
    const all = [
      ...(await Promise.all(posts.map((draft) => boris.post(`/conversations/${key}/messages`, draft)))),
      await boris.get(`/conversations/${key}/messages?author=${anybody}`),
      await boris.post(`/conversations/${key}/members`, { users: [anybody] }),
      await boris.delete(`/conversations/${key}/members/${anybody}`),
      await boris.patch(`/conversations/${key}`, { group: false }),
    ];
    return all.map(({ status, body }) => ({ status, body }));
  };
  const hidden = await answers("секрет");
  expect(hidden).toEqual(await answers("никто"));
  expect(new Set(hidden.map(({ status }) => status))).toEqual(new Set([404]));
});

test("CNV-10 members read and write", async ({ world }) => {
  const { anna, boris } = world;
  const room = await anna.converse({ members: [boris.id] });
  const first = await anna.say(room.id, "Раз");
  const second = await boris.say(room.id, "Два");
  for (const member of [anna, boris])
    expect((await member.get(`/conversations/${room.id}/messages?sortDirection=Asc`)).body.items).toEqual([
      first,
      second,
    ]);
});

test("CNV-11 any member of a group changes its title, and who has it open hears of it", async ({ world }) => {
  const { anna, boris } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id] });
  const line = await anna.live(room.id);
  const answer = await boris.patch(`/conversations/${room.id}`, { title: "Склад 2" });
  expect(answer.body).toMatchObject({ title: "Склад 2", n: 1 });
  expect(await line.event()).toEqual({ type: "title", n: 1, title: "Склад 2", by: boris.id });
  const again = await boris.patch(`/conversations/${room.id}`, { title: "Склад 2" });
  expect(again.body.n).toBe(1);
  expect((await anna.get("/conversations")).body.items[0].title).toBe("Склад 2");
});

test("CNV-11 any member of a group adds users, who read everything from the beginning", async ({ world }) => {
  const { anna, boris, vera } = world;
  const room = await anna.converse({ members: [boris.id] });
  await anna.say(room.id, "Раньше");
  const line = await anna.live(room.id);
  const answer = await boris.post(`/conversations/${room.id}/members`, { users: [vera.infoBaseUserId, anna.id] });
  expect(answer.status).toBe(204);
  expect(await line.event()).toMatchObject({ type: "members", added: [vera.id], removed: [], memberCount: 3 });
  expect((await vera.get(`/conversations/${room.id}/messages`)).body.items[0].text).toBe("Раньше");
  const listed = (await vera.get(`/conversations/${room.id}/members`)).body.items;
  expect(listed.map(({ user }: { user: string }) => user)).toEqual([anna.id, boris.id, vera.id].sort());
  const unknown = await boris.post(`/conversations/${room.id}/members`, { users: [anna.id, anybody] });
  expect(unknown.body).toMatchObject({ code: "not_found", field: "users.1" });
});

test("CNV-11 a member leaves and hears nothing more", async ({ world }) => {
  const { anna, boris } = world;
  const room = await anna.converse({ members: [boris.id] });
  const [stays, leaves] = [await anna.live(room.id), await boris.live(room.id)];
  expect((await boris.delete(`/conversations/${room.id}/members/me`)).status).toBe(204);
  expect(await leaves.end()).toMatchObject({ code: closeCodes.removed.code });
  await anna.say(room.id, "Без Бориса");
  expect(await stays.event("members")).toMatchObject({ removed: [boris.id], memberCount: 1, by: boris.id });
  expect((await stays.event("message")).message.text).toBe("Без Бориса");
  expect(leaves.events).toEqual([]);
  expect((await boris.get(`/conversations/${room.id}`)).body.code).toBe("not_found");
  expect((await boris.get("/conversations")).body.items).toEqual([]);
});

test("CNV-11 others are removed by the creator, an administrator and code, and by nobody else", async ({ world }) => {
  const { anna, boris, vera } = world;
  const room = await boris.converse({ members: [anna.id, vera.id] });
  const path = `/conversations/${room.id}/members`;
  const refused = await vera.delete(`${path}/${boris.id}`);
  expect(refused.body.code).toBe("forbidden");
  expect((await vera.get(path)).body.items).toHaveLength(3);
  const code = await world.again(anna, { scopes: ["code"] });
  for (const remover of [boris, anna, code, await world.as(anna.id), world.privileged]) {
    expect((await remover.delete(`${path}/${vera.id}`)).status).toBe(204);
    expect((await remover.delete(`${path}/${vera.id}`)).body.code).toBe("not_found");
    expect((await vera.get(path)).body.code).toBe("not_found");
    await boris.post(path, { users: [vera.id] });
  }
});

test("CNV-11 in a one-to-one conversation title, adding and leaving are not supported", async ({ world }) => {
  const { anna, boris, vera, privileged } = world;
  const pair = await anna.converse({ group: false, members: [boris.id] });
  const path = `/conversations/${pair.id}`;
  for (const caller of [anna, boris, privileged]) {
    const answers = [
      await caller.patch(path, { title: "Вдвоём" }),
      await caller.post(`${path}/members`, { users: [vera.id] }),
      await caller.delete(`${path}/members/${boris.id}`),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(["not_supported", "not_supported", "not_supported"]);
  }
  expect((await anna.delete(`${path}/members/me`)).body.code).toBe("not_supported");
  expect((await anna.get(path)).body).toEqual(pair);
});

test("CNV-12 when the last member leaves, nobody can reach the conversation and its content stays", async ({
  world,
}) => {
  const { anna, boris, privileged } = world;
  const room = await anna.converse({ key: "склад", members: [boris.id] });
  const message = await anna.say(room.id, "Остаётся");
  for (const member of [boris, anna])
    expect((await member.delete(`/conversations/${room.id}/members/me`)).status).toBe(204);
  for (const user of [anna, boris, world.vera]) {
    expect((await user.get(`/conversations/${room.id}`)).body.code).toBe("not_found");
    expect((await user.get(`/messages/${message.id}`)).body.code).toBe("not_found");
    expect((await user.post("/conversations/склад/messages", { text: "?" })).body.code).toBe("not_found");
  }
  const kept = await privileged.get("/conversations/склад/messages");
  expect(kept.body.items).toEqual([message]);
});
