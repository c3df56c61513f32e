import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { closeCodes } from "../../../src/protocol/wire.ts";
import type { Line } from "../../support/workers/line.ts";
import { test } from "../../support/workers/world.ts";

const large = { text: "", data: "x".repeat(limits.messageData - 2) };
/** Messages of that size after which one more is too many for who has acknowledged nothing. */
const tooMany = Math.ceil(limits.unacknowledged / limits.messageData);
const acknowledgeEvery = 50;

/** A reader that says what has arrived, now and then. */
function readerOf(line: Line) {
  let acknowledged = 0;
  return async function takeIn(n: number): Promise<void> {
    while (line.events.at(-1)?.n !== n) await line.next();
    const received = JSON.stringify(line.frames.slice(acknowledged)).length;
    acknowledged = line.frames.length;
    line.send({ type: "acknowledge", received });
  };
}

test("MSG-9 who takes nothing in is dropped with a code to come back, and the others hear on", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id, epoch } = await anna.converse({ members: [boris.id, vera.id] });
  const [slow, good] = [await boris.live(id), await vera.live(id)];
  const takeIn = readerOf(good);
  await good.next("caughtUp");
  const total = tooMany + 2;
  for (let n = 1; n <= total; n++) {
    await anna.say(id, large.text, { data: large.data });
    if (n % acknowledgeEvery === 0) await takeIn(n);
  }
  expect(await slow.end()).toMatchObject({ code: closeCodes.slowReader.code });
  expect(closeCodes.slowReader.resumable).toBe(true);
  await takeIn(total);
  expect(good.closed).toBeUndefined();
  expect(good.events.map(({ n }) => n)).toEqual(Array.from({ length: total }, (_, i) => i + 1));

  const heard = slow.events.map(({ n }) => n);
  expect(heard.length).toBeLessThanOrEqual(tooMany);
  const again = await boris.live(id, `?epoch=${epoch}&n=${heard.at(-1)}`);
  await again.next("caughtUp");
  expect([...heard, ...again.events.map(({ n }) => n)]).toEqual(good.events.map(({ n }) => n));
});
