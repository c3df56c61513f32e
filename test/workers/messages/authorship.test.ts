import { expect } from "vitest";
import { ask } from "../../support/workers/ask.ts";
import { openStrangers, test } from "../../support/workers/world.ts";

const date = "2020-01-02T03:04:05.678Z";

test("MSG-11 the server fills the date with its own time and the author with the current user", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const before = Date.now();
  const messages = [
    await anna.say(id, "Я"),
    await (await world.as(boris.infoBaseUserId)).say(id, "За Бориса"),
    (await ask(await anna.live(id), { type: "post", message: { text: "Я" } })).message,
  ];
  expect(messages.map(({ author }) => author)).toEqual([anna.id, boris.id, anna.id]);
  for (const message of messages) {
    expect(Date.parse(message.date)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(message.date)).toBeLessThanOrEqual(Date.now());
  }
});

test("MSG-11 date and author are forbidden outside privileged mode, given or altered", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await boris.converse({ members: [anna.id] });
  const own = await boris.say(id, "Моё");
  const sessions = [
    boris,
    await world.again(boris, { scopes: ["code", "dataAdministration", "registerSystem"] }),
    await world.as(boris.id),
  ];
  for (const caller of sessions) {
    const line = await caller.live(id);
    for (const [field, value] of Object.entries({ date, author: anna.id })) {
      const given = { text: "Не моё", [field]: value };
      const answers = [
        (await caller.post(`/conversations/${id}/messages`, given)).body,
        (await caller.patch(`/messages/${own.id}`, { [field]: value })).body,
        (await ask(line, { type: "post", message: given })).problem,
        (await ask(line, { type: "edit", id: own.id, changes: { [field]: value } })).problem,
      ];
      for (const answer of answers) expect(answer).toMatchObject({ code: "forbidden", field });
    }
    // One's own name is no exception.
    const self = await caller.post(`/conversations/${id}/messages`, { text: "Я", author: boris.id });
    expect(self.body.code).toBe("forbidden");
  }
  expect((await boris.get(`/conversations/${id}/messages`)).body.items).toEqual([own]);
});

test("MSG-11 privileged mode names author and date, and alters both", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const path = `/conversations/${id}/messages`;
  const { body: message } = await privileged.post(path, { text: "Из архива", author: boris.infoBaseUserId, date });
  expect(message).toMatchObject({ author: boris.id, date });
  const { body: altered } = await privileged.patch(`/messages/${message.id}`, {
    author: anna.id,
    date: "2021-01-01T00:00:00Z",
  });
  expect(altered).toMatchObject({ author: anna.id, date: "2021-01-01T00:00:00.000Z", text: "Из архива" });
  // From now on it is Анна's: she changes it, Борис does not.
  expect((await boris.patch(`/messages/${message.id}`, { text: "?" })).body.code).toBe("forbidden");
  expect((await anna.patch(`/messages/${message.id}`, { text: "Моё" })).status).toBe(200);
});

test("MSG-11 privileged mode has no name of its own: it must give an author that exists here", async ({ world }) => {
  const strangers = await openStrangers();
  const { id } = await world.anna.converse({});
  const path = `/conversations/${id}/messages`;
  expect((await world.privileged.post(path, { text: "Чей?" })).body).toMatchObject({
    code: "unauthenticated",
    field: "author",
  });
  for (const author of [strangers.anna.id, "0".repeat(26), "00000000-0000-4000-8000-000000000000"])
    expect((await world.privileged.post(path, { text: "Чей?", author })).body).toMatchObject({
      code: "not_found",
      field: "author",
    });
  for (const odd of ["вчера", "2026-02-30T25:00:00Z", "2026-01-01", 0])
    expect(
      (await world.privileged.post(path, { text: "Когда?", author: world.anna.id, date: odd })).body,
    ).toMatchObject({ code: "validation", field: "date" });
  expect((await world.plain.post(path, { text: "Чей?" })).body.code).toBe("unauthenticated");
  expect((await world.anna.get(path)).body.items).toEqual([]);
});
