import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { standardUsers } from "../../../src/protocol/wire.ts";
import { ask } from "../../support/workers/ask.ts";
import { type Person, test } from "../../support/workers/world.ts";

const readersFor = async (person: Person, id: string): Promise<Record<string, number>> => {
  const { body } = await person.get(`/conversations/${id}/readers`);
  return Object.fromEntries(body.items.map(({ user, m }: { user: string; m: number }) => [user, m]));
};

/** Everything that came before an event came before it: what was not told by then is not told. */
async function toldBefore(author: Person, id: string, line: Awaited<ReturnType<Person["live"]>>) {
  await author.say(id, "Дальше");
  await line.event("message");
  return line.frames.filter(({ type }) => type === "reading");
}

test("members see how far the others have read, as their markers say", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id } = await anna.converse({ title: "Склад", members: [boris.id, vera.id] });
  expect(await readersFor(anna, id)).toEqual({});
  for (const text of ["Раз", "Два", "Три"]) await anna.say(id, text);
  await boris.put(`/conversations/${id}/read-marker`, { m: 2 });
  for (const person of [anna, boris, vera]) expect(await readersFor(person, id)).toEqual({ [boris.id]: 2 });
  await vera.put(`/conversations/${id}/read-marker`, { m: 99 });
  expect(await readersFor(anna, id)).toEqual({ [boris.id]: 2, [vera.id]: 3 });
});

test("who joins has read nothing of what was said before, although nothing of it is unread", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id } = await anna.converse({ title: "Склад", members: [boris.id] });
  await anna.say(id, "Раз");
  await anna.post(`/conversations/${id}/members`, { users: [vera.id] });
  expect(await readersFor(anna, id)).toEqual({});
  await anna.say(id, "Два");
  await vera.put(`/conversations/${id}/read-marker`, { m: 2 });
  expect(await readersFor(anna, id)).toEqual({ [vera.id]: 2 });
});

test("while it is open it is told at once how far somebody has read, to the others alone, and nothing is stored", async ({
  world,
}) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ title: "Склад", members: [boris.id] });
  await anna.say(id, "Раз");
  const [line, second, listener] = [await boris.live(id), await boris.live(id), await anna.live(id)];
  line.send({ type: "reading", m: 1 });
  expect(await listener.next("reading")).toEqual({ type: "reading", user: boris.id, m: 1 });
  // Whoever opens it now hears of it too, though the marker has not moved yet.
  expect(await readersFor(anna, id)).toEqual({ [boris.id]: 1 });
  expect((await boris.get("/conversations")).body.items[0].unread).toBe(1);
  expect((await anna.get(`/conversations/${id}`)).body.n).toBe(1);
  expect(await toldBefore(anna, id, second)).toEqual([]);
});

test("it only goes up, never beyond what is there, and not faster than anybody could follow", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ title: "Склад", members: [boris.id] });
  for (const text of ["Раз", "Два"]) await anna.say(id, text);
  const [line, listener] = [await boris.live(id), await anna.live(id)];
  for (const m of [999, 1, 2, 0, 999]) line.send({ type: "reading", m });
  await ask(line, { type: "post", message: { text: "Всё" } });
  await listener.event("message");
  expect(listener.frames.filter(({ type }) => type === "reading")).toEqual([{ type: "reading", user: boris.id, m: 2 }]);
  for (const m of [-1, 1.5, "2", null]) {
    line.send({ type: "reading", m });
    expect((await line.next("problem")).problem.code).toBe("validation");
  }
});

test("only members see it: strangers and those who left see nothing, and are seen no more", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id } = await anna.converse({ title: "Склад", members: [boris.id, vera.id] });
  await anna.say(id, "Раз");
  for (const person of [boris, vera]) await person.put(`/conversations/${id}/read-marker`, { m: 1 });
  await vera.delete(`/conversations/${id}/members/me`);
  expect((await vera.get(`/conversations/${id}/readers`)).body.code).toBe("not_found");
  expect(await readersFor(anna, id)).toEqual({ [boris.id]: 1 });
});

test("in large rooms, in those of everybody and about objects nobody is told who has read", async ({ world }) => {
  const { anna, boris } = world;
  const crowd = await world.crowd(limits.readersMembers);
  const contexts = ["/orders/1"];
  const reader = await world.again(anna, { contexts });
  const rooms = [
    await anna.converse({ title: "Все", members: [boris.id, standardUsers.allApplicationUsers] }),
    await anna.converse({ title: "Много", members: crowd.map((person) => person.id) }),
    await reader.converse({ conversationContext: "/orders/1" }),
  ];
  for (const { id } of rooms) {
    await reader.say(id, "Раз");
    const answer = await reader.get(`/conversations/${id}/readers`);
    expect([answer.status, answer.body.code]).toEqual([422, "not_supported"]);
    const [line, listener] = [await reader.live(id), await reader.live(id)];
    line.send({ type: "reading", m: 1 });
    expect(await toldBefore(reader, id, listener)).toEqual([]);
  }
  const { id } = await anna.converse({ title: "Как раз", members: crowd.slice(1).map((person) => person.id) });
  expect((await anna.get(`/conversations/${id}/readers`)).status).toBe(200);
});
