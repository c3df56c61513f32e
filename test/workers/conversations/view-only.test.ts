import { expect } from "vitest";
import { test, type World } from "../../support/workers/world.ts";

/** A view-only group of Анна, Борис and Вера with a message of Борис, made by code. */
async function viewOnly(world: World) {
  const { anna, boris, vera, privileged } = world;
  const room = await privileged.converse({
    key: "приказы",
    title: "Приказы",
    viewOnly: true,
    members: [anna.id, boris.id, vera.id],
  });
  const message = await (await world.as(boris.id)).say("приказы", "Приказ 1");
  return { room, message };
}

test("CNV-18 view-only takes DataAdministration or privileged mode", async ({ world }) => {
  const administrator = await world.again(world.boris, { scopes: ["dataAdministration"] });
  const code = await world.again(world.vera, { scopes: ["code"] });
  for (const caller of [world.anna, code]) {
    const answer = await caller.post("/conversations", { key: "приказы", viewOnly: true });
    expect(answer.body).toMatchObject({ code: "forbidden", field: "viewOnly" });
  }
  expect((await world.privileged.get("/conversations/приказы")).body.code).toBe("not_found");
  expect(await administrator.converse({ viewOnly: true })).toMatchObject({ viewOnly: true });
  expect(await world.privileged.converse({ viewOnly: true })).toMatchObject({ viewOnly: true });
  expect(await world.anna.converse({ viewOnly: false })).toMatchObject({ viewOnly: false });
});

test("CNV-18 after write view-only is fixed, whoever asks", async ({ world }) => {
  const administrator = await world.again(world.anna, { scopes: ["dataAdministration"] });
  const open = await administrator.converse({ title: "Открытое" });
  const closed = await administrator.converse({ title: "Закрытое", viewOnly: true });
  for (const caller of [administrator, world.privileged])
    for (const { id, viewOnly: current } of [open, closed]) {
      const answer = await caller.patch(`/conversations/${id}`, { viewOnly: !current });
      expect(answer.body).toMatchObject({ code: "conflict", field: "viewOnly" });
      expect((await caller.get(`/conversations/${id}`)).body.viewOnly).toBe(current);
    }
});

test("CNV-19 a user session changes nothing in a view-only conversation, and reads it", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { room, message } = await viewOnly(world);
  const path = `/conversations/${room.id}`;
  const administrator = await world.again(boris, { scopes: ["dataAdministration"] });
  for (const caller of [boris, administrator]) {
    const answers = [
      await caller.post(`${path}/messages`, { text: "Возражаю" }),
      await caller.patch(`/messages/${message.id}`, { text: "Приказ 2" }),
      await caller.delete(`/messages/${message.id}`),
      await caller.patch(path, { title: "Просьбы" }),
      await caller.delete(`${path}/members/me`),
      await caller.delete(`${path}/members/${vera.id}`),
      await caller.post(`${path}/members`, { users: [anna.id] }),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(answers.map(() => "forbidden"));
  }
  // Анна is a subscriber administrator, which is no code.
  expect((await anna.delete(`${path}/members/${vera.id}`)).body.code).toBe("forbidden");
  const line = await boris.live(room.id);
  line.send({ type: "post", request: "1", message: { text: "Возражаю" } });
  expect(await line.next("problem")).toMatchObject({ request: "1", problem: { code: "forbidden" } });
  expect((await vera.get(`${path}/messages`)).body.items).toEqual([message]);
  expect((await boris.get(path)).body).toEqual({ ...room, n: 1 });
});

test("CNV-19 code does all of that: an application's token and a user token with the scope code", async ({ world }) => {
  const { boris, vera } = world;
  const { room } = await viewOnly(world);
  const path = `/conversations/${room.id}`;
  for (const caller of [await world.as(boris.id), await world.again(boris, { scopes: ["code"] })]) {
    const { id } = await caller.say(room.id, "Приказ 2");
    const answers = [
      await caller.patch(`/messages/${id}`, { text: "Приказ 3" }),
      await caller.delete(`/messages/${id}`),
      await caller.patch(path, { title: "Новые приказы" }),
      await caller.delete(`${path}/members/${vera.id}`),
      await caller.post(`${path}/members`, { users: [vera.id] }),
      await caller.delete(`${path}/members/me`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 204, 204, 204]);
    await world.privileged.post(`${path}/members`, { users: [boris.id] });
  }
  const named = await world.privileged.post(`${path}/messages`, { text: "От имени Веры", author: vera.id });
  expect(named.body.author).toBe(vera.id);
});
