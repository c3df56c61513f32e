import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { ask } from "../../support/workers/ask.ts";
import { type Person, test } from "../../support/workers/world.ts";

/** Everything that came before an answer came before it: what was not told by then is not told. */
async function said(line: Awaited<ReturnType<Person["live"]>>, text: string) {
  await ask(line, { type: "post", message: { text } });
  return line.frames.filter(({ type }) => type === "typing");
}

test("the others see who is writing, the writer's own devices do not, and nothing is stored", async ({ world }) => {
  const { anna, boris } = world;
  const { id, n } = await anna.converse({ members: [boris.id] });
  const [line, second, listener] = [await anna.live(id), await anna.live(id), await boris.live(id)];
  line.send({ type: "typing" });
  expect(await listener.next("typing")).toEqual({ type: "typing", user: anna.id });
  expect((await anna.get(`/conversations/${id}`)).body.n).toBe(n);
  expect(await said(line, "Раз")).toEqual([]);
  expect(await said(second, "Два")).toEqual([]);
});

test("a key pressed again within a second tells nothing new", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const [line, listener] = [await anna.live(id), await boris.live(id)];
  for (let key = 0; key < 5; key++) line.send({ type: "typing" });
  await ask(line, { type: "post", message: { text: "Всё" } });
  await listener.event("message");
  expect(listener.frames.filter(({ type }) => type === "typing")).toHaveLength(1);
});

test("CNV-19 where users cannot write they are not seen writing either", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const { id } = await privileged.converse({ title: "Новости", members: [anna.id, boris.id], viewOnly: true });
  const [line, listener] = [await anna.live(id), await boris.live(id)];
  line.send({ type: "typing" });
  expect((await line.next("problem")).problem.code).toBe("forbidden");
  await privileged.say(id, "Новость", { author: anna.id });
  await listener.event("message");
  expect(listener.frames.map(({ type }) => type)).not.toContain("typing");
});

test("where many are here nobody is told who is writing", async ({ world }) => {
  const { anna } = world;
  const crowd = await world.crowd(limits.typingSockets);
  const { id } = await anna.converse({ members: crowd.map((person) => person.id) });
  const line = await anna.live(id);
  const lines = await Promise.all(crowd.map((person) => person.live(id)));
  line.send({ type: "typing" });
  await ask(line, { type: "post", message: { text: "Всем" } });
  await lines[0]?.event("message");
  expect(lines[0]?.frames.map(({ type }) => type)).not.toContain("typing");
  lines[1]?.socket.close(1000);
});
