import { expect } from "vitest";
import { newId } from "../../../src/protocol/ids.ts";
import { limits } from "../../../src/protocol/limits.ts";
import { connectLine } from "../../support/workers/line.ts";
import { test, type World } from "../../support/workers/world.ts";

/** A conversation with three messages, of which the second was edited and the third deleted: five events. */
async function room({ anna, boris }: World) {
  const { id, epoch } = await anna.converse({ members: [boris.id] });
  await anna.say(id, "один");
  const two = await anna.say(id, "дво");
  const three = await anna.say(id, "три, тайна");
  await anna.patch(`/messages/${two.id}`, { text: "два" });
  await anna.delete(`/messages/${three.id}`);
  return { id, epoch };
}

test("R4 wherever a reader stopped, it gets exactly what it misses, and then what comes", async ({ world }) => {
  const { id, epoch } = await room(world);
  const lines = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => world.boris.live(id, `?epoch=${epoch}&n=${n}`)));
  for (const [n, line] of lines.entries()) {
    expect((await line.next("caughtUp")).n).toBe(5);
    expect(line.events.map((event) => event.n)).toEqual([1, 2, 3, 4, 5].slice(n));
  }
  await world.anna.say(id, "дальше");
  for (const line of lines) expect((await line.event()).n).toBe(6);
});

test("R4 what is resumed shows content as it is now: nothing deleted leaves any more", async ({ world }) => {
  const { id, epoch } = await room(world);
  const line = await world.boris.live(id, `?epoch=${epoch}&n=0`);
  await line.next("caughtUp");
  expect(JSON.stringify(line.frames)).not.toContain("тайна");
  expect(line.events.map(({ type, message }) => `${type} ${message.text}`)).toEqual([
    "message один",
    "message два",
    "message ",
    "edited два",
    "deleted ",
  ]);
});

test("R4 without a position a reader hears what comes, and nothing of before", async ({ world }) => {
  const { id } = await room(world);
  const line = await world.boris.live(id);
  expect((await line.next("caughtUp")).n).toBe(5);
  await world.anna.say(id, "дальше");
  expect((await line.event()).n).toBe(6);
});

const impossible: Record<string, (epoch: string, foreign: string) => string> = {
  "a number from the future": (epoch) => `?epoch=${epoch}&n=6`,
  "a number far in the future": (epoch) => `?epoch=${epoch}&n=999999999999999`,
  "another epoch": () => `?epoch=${newId()}&n=3`,
  "the epoch of another conversation": (_, foreign) => `?epoch=${foreign}&n=3`,
  "no epoch": () => "?n=3",
  "an empty epoch": () => "?epoch=&n=3",
};

test.for(Object.keys(impossible))(
  "R4 %s cannot be continued: the reader is told to reload",
  async (name, { world }) => {
    const { id, epoch } = await room(world);
    const foreign = await world.anna.converse({ members: [] });
    const line = await world.boris.live(id, impossible[name]?.(epoch, foreign.epoch));
    expect(await line.next("reload")).toMatchObject({ epoch, n: 5 });
    expect(line.events).toEqual([]);
    // After a reload the reader is whole from there on.
    await world.anna.say(id, "дальше");
    expect((await line.event()).n).toBe(6);
  },
);

test("R4 a position that is none opens nothing", async ({ world }) => {
  const { id } = await room(world);
  for (const query of ["?epoch=x&n=-1", "?epoch=x&n=1.5", "?epoch=x&n=много", `?epoch=${"e".repeat(27)}&n=1`, "?m=1"]) {
    const { status, problem } = await connectLine(`/conversations/${id}/live${query}`, world.boris.token);
    expect(status, query).toBeGreaterThanOrEqual(400);
    expect(["validation", "limit_exceeded"], query).toContain(problem?.code);
  }
});

test("R4 what was missed comes in pages of bounded size", async ({ world }) => {
  const { anna, boris } = world;
  const { id, epoch } = await anna.converse({ members: [boris.id] });
  const data = "д".repeat(45_000);
  const messages = 30;
  for (let i = 0; i < messages; i++) await anna.say(id, String(i), { data });
  const line = await boris.live(id, `?epoch=${epoch}&n=0`);
  await line.next("caughtUp");
  const pages = line.frames.filter(({ type }) => type === "events");
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(JSON.stringify(page).length).toBeLessThanOrEqual(limits.resumePage + 1_000);
  expect(line.events.map(({ n }) => n)).toEqual(Array.from({ length: messages }, (_, index) => index + 1));
});
