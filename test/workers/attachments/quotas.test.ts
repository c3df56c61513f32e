import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { configOf } from "../../../src/storage/config.ts";
import { deployed, kept, linkTo, sent, streamOf, upload, uploaded } from "../../support/workers/files.ts";
import { openStrangers, test } from "../../support/workers/world.ts";

const thousand = { content: new Uint8Array(1_000) };
const dayMs = 86_400_000;

const counted = (application: string) =>
  env.DIRECTORY.prepare("SELECT uploaded, downloaded FROM traffic WHERE application = ? ORDER BY day DESC")
    .bind(application)
    .first();

/** The clock at a moment of a UTC day, so that no test runs over midnight. */
function at(day: number, milliseconds = 0): void {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime((Math.floor(Date.now() / dayMs) + day) * dayMs + milliseconds);
}

test("ATT-5 ATT-6 ATT-7 a day allows 1 GB up and 5 GB down unless the server is set otherwise", () => {
  expect(configOf({})).toMatchObject({ uploadBytesPerDay: 1024 ** 3, downloadBytesPerDay: 5 * 1024 ** 3 });
});

test("ATT-5 R15 of 20 parallel uploads exactly as many get through as the day allows", async ({ world }) => {
  const through = deployed({ UPLOAD_BYTES_PER_DAY: "10999" });
  const { id } = await world.anna.converse({});
  const answers = await Promise.all(Array.from({ length: 20 }, () => upload(world.anna, id, thousand, through)));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(201), ...Array(10).fill(429)]);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body.code).toBe("limit_exceeded");
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await kept()).toHaveLength(10);
  expect(await counted(world.id)).toEqual({ uploaded: 10_000, downloaded: 0 });
  expect((await upload(world.anna, id, { content: new Uint8Array(999) }, through)).status).toBe(201);
  expect((await upload(world.anna, id, { content: "1" }, through)).status).toBe(429);
});

test("ATT-6 R15 of 20 parallel downloads exactly as many get through as the day allows", async ({ world }) => {
  const through = deployed({ DOWNLOAD_BYTES_PER_DAY: "10999" });
  const { id } = await world.anna.converse({});
  const link = await linkTo(world.anna, await sent(world.anna, id, thousand));
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const answer = await through(link);
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
  expect(statuses.sort()).toEqual([...Array(10).fill(200), ...Array(10).fill(429)]);
  expect(await counted(world.id)).toEqual({ uploaded: 1_000, downloaded: 10_000 });
});

test("ATT-6 what counts is the part that is asked for; a look and a copy at hand cost nothing", async ({ world }) => {
  const through = deployed({ DOWNLOAD_BYTES_PER_DAY: "1000" });
  const { id } = await world.anna.converse({});
  const link = await linkTo(world.anna, await sent(world.anna, id, thousand));
  const head = await through(link, { method: "HEAD" });
  const etag = head.headers.get("etag") ?? "";
  expect([head.status, head.headers.get("content-length")]).toEqual([200, "1000"]);
  expect((await through(link, { headers: { "if-none-match": etag } })).status).toBe(304);
  expect((await through(link, { headers: { range: "bytes=0-599" } })).status).toBe(206);
  const refused = await through(link, { headers: { range: "bytes=0-599" } });
  expect([refused.status, refused.headers.get("cache-control")]).toEqual([429, "private, no-store"]);
  expect((await through(link, { headers: { range: "bytes=600-" } })).status).toBe(206);
});

test("ATT-5 the next UTC day begins anew, and each application has its own", async ({ world }) => {
  at(1, dayMs - 60_000);
  const through = deployed({ UPLOAD_BYTES_PER_DAY: "1000" });
  const anna = await world.again(world.anna, {});
  const { id } = await anna.converse({});
  expect((await upload(anna, id, thousand, through)).status).toBe(201);
  const refused = await upload(anna, id, thousand, through);
  expect([refused.status, refused.body.retryAfterSeconds]).toEqual([429, 60]);
  const strangers = await openStrangers();
  const theirs = await strangers.anna.converse({});
  expect((await upload(strangers.anna, theirs.id, thousand, through)).status).toBe(201);
  at(1);
  expect((await upload(anna, id, thousand, through)).status).toBe(201);
});

test("ATT-5 an upload that comes to nothing is given back", async ({ world }) => {
  const { anna, vera } = world;
  const { id } = await anna.converse({});
  vi.spyOn(console, "error").mockReturnValue();
  const failing = deployed({ ATTACHMENTS: { put: () => Promise.reject(new Error("the storage is away")) } });
  expect((await upload(anna, id, thousand, failing)).status).toBe(500);
  expect((await upload(anna, id, { ...thousand, length: 999 })).status).toBe(400);
  const [big, short] = [new Uint8Array(500_000), new Uint8Array(499_999)];
  expect((await upload(anna, id, { content: streamOf(short), size: big.length })).status).toBe(400);
  expect((await upload(vera, id, thousand)).status).toBe(404);
  expect(await counted(world.id)).toEqual({ uploaded: 0, downloaded: 0 });
  await uploaded(anna, id, thousand);
  expect(await counted(world.id)).toEqual({ uploaded: 1_000, downloaded: 0 });
});
