import { expect, vi } from "vitest";
import { type Caller, test } from "../../support/workers/world.ts";

const day = 24 * 3_600_000;

async function logOf(caller: Caller, id: string) {
  const { body } = await caller.get(`/conversations/${id}`);
  const line = await caller.live(id, `?epoch=${body.epoch}&n=0`);
  await line.next("caughtUp");
  line.close();
  return line.events;
}

test("R2 all readers hear one order, numbered without gaps, whoever writes at the same time", async ({ world }) => {
  const writers = await world.crowd(12);
  const { id } = await world.anna.converse({ members: writers.map((writer) => writer.id) });
  const readers = [await world.anna.live(id), ...(await Promise.all(writers.slice(0, 4).map((one) => one.live(id))))];
  const lines = await Promise.all(writers.slice(4, 8).map((writer) => writer.live(id)));
  const byHttp = writers.slice(8).map(async (writer) => {
    for (let i = 0; i < 10; i++) await writer.say(id, `${writer.name} ${i}`);
  });
  for (const [index, line] of lines.entries())
    for (let i = 0; i < 10; i++)
      line.send({ type: "post", request: String(i), message: { text: `${writers[index + 4]?.name} ${i}` } });
  await Promise.all([...byHttp, ...readers.map((reader) => untilNumber(reader, 80))]);
  const log = await logOf(world.anna, id);
  expect(log.map(({ n }) => n)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
  for (const reader of readers) expect(reader.events).toEqual(log);
});

/** Each writer's own messages stand in the order in which they were sent. */
test("R2 one socket's messages keep their order", async ({ world }) => {
  const { id } = await world.anna.converse({ members: [] });
  const line = await world.anna.live(id);
  const texts = Array.from({ length: 50 }, (_, i) => `Строка ${i}`);
  // Every fifth one names somebody, which takes a look into the directory.
  for (const [i, text] of texts.entries())
    line.send({
      type: "post",
      request: String(i),
      message: { text, ...(i % 5 === 0 && { recipients: [world.boris.id] }) },
    });
  await untilNumber(line, texts.length);
  expect(line.events.map(({ message }) => message.text)).toEqual(texts);
});

async function untilNumber(line: Awaited<ReturnType<Caller["live"]>>, n: number): Promise<void> {
  while ((await line.event()).n < n);
}

test("R17 the server's clock stepping back changes neither order nor dates, and numbers go on", async ({ world }) => {
  const { id } = await world.anna.converse({ members: [] });
  const line = await world.anna.live(id);
  const post = async (text: string) => {
    line.send({ type: "post", request: text, message: { text } });
    return (await line.next("answer")).message;
  };
  const before = await post("до");
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() - day);
  const after = await post("после");
  vi.setSystemTime(Date.now() + day + 1_000);
  const later = await post("потом");
  expect([before.n, after.n, later.n]).toEqual([1, 2, 3]);
  expect(after.date >= before.date).toBe(true);
  const { body } = await world.anna.get(`/conversations/${id}/messages?sortDirection=Asc`);
  expect(body.items.map(({ text }: { text: string }) => text)).toEqual(["до", "после", "потом"]);
});

test("R17 no client says when something was written", async ({ world }) => {
  const { id } = await world.anna.converse({ members: [] });
  for (const date of [new Date(Date.now() - day), new Date(Date.now() + day)]) {
    const answer = await world.anna.post(`/conversations/${id}/messages`, { text: "когда?", date: date.toISOString() });
    expect(answer.body.code).toBe("forbidden");
  }
  const message = await world.anna.say(id, "сейчас");
  expect(Math.abs(Date.parse(message.date) - Date.now())).toBeLessThan(10_000);
});
