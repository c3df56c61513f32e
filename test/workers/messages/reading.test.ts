import { expect } from "vitest";
import { openStrangers, test } from "../../support/workers/world.ts";

const textsIn = ({ body }: { body: { items: { text: string }[] } }): string[] => body.items.map(({ text }) => text);

test("MSG-17 a message is read by its id", async ({ world }) => {
  const { id } = await world.anna.converse({ members: [world.boris.id] });
  const message = await world.anna.say(id, "Привет");
  for (const reader of [world.anna, world.boris, world.privileged])
    expect((await reader.get(`/messages/${message.id}`)).body).toEqual(message);
});

test("MSG-17 what is no message of the caller's conversations is not_found", async ({ world }) => {
  const strangers = await openStrangers();
  const { id } = await world.anna.converse({ members: [world.boris.id] });
  await world.anna.patch(`/conversations/${id}`, { title: "Событие 1" });
  const message = await world.anna.say(id, "Секрет");
  const odd = [`${id}.1`, `${id}.3`, `${id}.0`, `${id}.-1`, `${id}.9999999999999999`, `${id}.2.2`, `${id}`, "2", "."];
  for (const name of odd)
    expect((await world.anna.get(`/messages/${encodeURIComponent(name)}`)).body.code, name).toBe("not_found");
  for (const caller of [world.vera, strangers.anna, strangers.privileged])
    for (const path of [`/messages/${message.id}`, `/conversations/${id}/messages`])
      expect((await caller.get(path)).body.code).toBe("not_found");
});

test("MSG-17 messages are listed newest first, unless the filter says otherwise", async ({ world }) => {
  const { id } = await world.anna.converse({ key: "счёт" });
  for (const text of ["Раз", "Два", "Три"]) await world.anna.say(id, text);
  expect(textsIn(await world.anna.get("/conversations/счёт/messages"))).toEqual(["Три", "Два", "Раз"]);
  const ascending = await world.anna.get(`/conversations/${id}/messages?sortDirection=Asc`);
  expect(textsIn(ascending)).toEqual(["Раз", "Два", "Три"]);
  expect(textsIn(await world.anna.get(`/conversations/${id}/messages?count=2`))).toEqual(["Три", "Два"]);
});

test("MSG-17 a list is of one conversation; over all of them one can only search", async ({ world }) => {
  const rooms = [await world.anna.converse({}), await world.anna.converse({})];
  for (const { id } of rooms) await world.anna.say(id, id);
  for (const { id } of rooms) expect(textsIn(await world.anna.get(`/conversations/${id}/messages`))).toEqual([id]);
  expect((await world.anna.get("/messages")).body).toMatchObject({ code: "validation", field: "text" });
});

test("MSG-17 the filter seeks text, author and what is not deleted", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  await anna.say(id, "Отгрузка завтра");
  await boris.say(id, "ОТГРУЗКА сегодня");
  const gone = await boris.say(id, "Лишнее");
  await boris.delete(`/messages/${gone.id}`);
  const path = `/conversations/${id}/messages?sortDirection=Asc&`;
  expect(textsIn(await anna.get(`${path}text=отгрузка`))).toEqual(["Отгрузка завтра", "ОТГРУЗКА сегодня"]);
  expect(textsIn(await anna.get(`${path}author=${boris.infoBaseUserId}`))).toEqual(["ОТГРУЗКА сегодня", ""]);
  expect(textsIn(await anna.get(`${path}author=${boris.id}&withoutDeleted=true`))).toEqual(["ОТГРУЗКА сегодня"]);
  expect(textsIn(await anna.get(`${path}text=Лишнее`))).toEqual([]);
});

test("MSG-17 when code has set dates, numbers still order, and startDate still bounds", async ({ world }) => {
  const { anna, privileged } = world;
  const { id } = await anna.converse({});
  for (const year of [2020, 2024, 2021, 2023])
    await privileged.post(`/conversations/${id}/messages`, {
      text: String(year),
      author: anna.id,
      date: `${year}-06-01T00:00:00.000Z`,
    });
  const list = async (query: string) => textsIn(await anna.get(`/conversations/${id}/messages?${query}`));
  expect(await list("")).toEqual(["2023", "2021", "2024", "2020"]);
  expect(await list("startDate=2023-06-01T00:00:00.000Z")).toEqual(["2023", "2021", "2020"]);
  expect(await list("startDate=2023-05-31T23:59:59.999Z")).toEqual(["2021", "2020"]);
  expect(await list("startDate=2023-06-01T00:00:00.000Z&sortDirection=Asc")).toEqual(["2024", "2023"]);
  const { cursor } = (await anna.get(`/conversations/${id}/messages?startDate=2023-01-01T00:00:00.000Z&count=1`)).body;
  expect(await list(`startDate=2023-01-01T00:00:00.000Z&count=1&cursor=${cursor}`)).toEqual(["2020"]);
});

test("MSG-18 conversations are not found by what their messages say", async ({ world }) => {
  const { id } = await world.anna.converse({ title: "Склад" });
  const { id: other } = await world.anna.converse({ title: "Касса" });
  await world.anna.say(id, "Отгрузка завтра");
  for (const query of ["text=Отгрузка", "title=Отгрузка", "search=Отгрузка"])
    expect((await world.anna.get(`/conversations?${query}`)).body.code).toBe("validation");
  expect((await world.anna.get("/conversations?key=Отгрузка")).body.items).toEqual([]);
  expect(textsIn(await world.anna.get(`/conversations/${id}/messages?text=отгруз`))).toEqual(["Отгрузка завтра"]);
  expect(textsIn(await world.anna.get(`/conversations/${other}/messages?text=отгруз`))).toEqual([]);
});
