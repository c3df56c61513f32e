import { expect, vi } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { door, origin } from "../../support/workers/door.ts";
import { deployed, linkTo, sent, uploaded } from "../../support/workers/files.ts";
import { openStrangers, test } from "../../support/workers/world.ts";

const letters = { content: "abcdefghij" };

test("ATT-3 exactly those who can read a message get its files", async ({ world }) => {
  const { anna, boris, vera, privileged } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const message = await sent(anna, id, letters);
  const path = `/messages/${message.id}/attachments/${message.attachments[0].id}/link`;
  for (const reader of [anna, boris, privileged])
    expect(await (await door((await reader.get(path)).body.url)).text()).toBe("abcdefghij");
  for (const other of [vera, (await openStrangers()).anna]) expect((await other.get(path)).body.code).toBe("not_found");
  await anna.delete(`/conversations/${id}/members/${boris.id}`);
  expect((await boris.get(path)).body.code).toBe("not_found");
  const second = await anna.say(id, "Без файла");
  const elsewhere = `/messages/${second.id}/attachments/${message.attachments[0].id}/link`;
  expect((await anna.get(elsewhere)).body.code).toBe("not_found");
});

test("ATT-3 an upload that waits is its uploader's alone", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const upload = await uploaded(anna, id, letters);
  const path = `/conversations/${id}/attachments/${upload.id}/link`;
  expect(await (await door((await anna.get(path)).body.url)).text()).toBe("abcdefghij");
  for (const other of [boris, privileged]) expect((await other.get(path)).body.code).toBe("not_found");
  await anna.say(id, "", { attachments: [upload.id] });
  expect((await anna.get(path)).body.code).toBe("not_found");
});

test("S4 a link lives five minutes at most, and so does what a browser keeps of it", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const message = await sent(anna, id, letters);
  const { body } = await anna.get(`/messages/${message.id}/attachments/${message.attachments[0].id}/link`);
  const left = (Date.parse(body.expires) - Date.now()) / 1000;
  expect(left).toBeLessThanOrEqual(limits.linkSeconds);
  expect(left).toBeGreaterThan(limits.linkSeconds - 61);
  const cached = /^private, max-age=(\d+), immutable$/.exec((await door(body.url)).headers.get("cache-control") ?? "");
  expect(Number(cached?.[1])).toBeLessThanOrEqual(left);
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.parse(body.expires) - 1);
  expect((await door(body.url)).status).toBe(200);
  vi.setSystemTime(Date.parse(body.expires));
  expect((await door(body.url)).status).toBe(404);
});

test("S4 the links of an application end with its registration", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const link = await linkTo(world.anna, await sent(world.anna, id, letters));
  await world.application.unregisterInfoBase();
  expect((await door(link)).status).toBe(404);
});

test.for<[string, (link: string) => string]>([
  ["another signature", (link) => link.slice(0, -1) + (link.endsWith("A") ? "E" : "A")],
  ["no signature", (link) => link.slice(0, link.lastIndexOf("."))],
  ["a later end", (link) => link.replace(/\.(\w+)(\.[\w-]{43})$/, ".zzzzzz$2")],
  ["another size", (link) => link.replace(/\.\w+(\.\w+\.[\w-]{43})$/, ".1$1")],
  [
    "another file",
    (link) =>
      link.replace(
        /\.(.)(\w{25})(\.\w+\.\w+\.[\w-]{43})$/,
        (_, first, id, rest) => `.${first === "0" ? "1" : "0"}${id}${rest}`,
      ),
  ],
  ["nothing", () => `${origin}/files/`],
  ["a path", () => `${origin}/files/..%2f..%2fapi`],
  ["half an escape", () => `${origin}/files/%E0%A4`],
])("S13 a link with %s opens nothing", async ([, forge], { world }) => {
  const { id } = await world.anna.converse({});
  const link = await linkTo(world.anna, await sent(world.anna, id, letters));
  const answer = await door(forge(link));
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, "not_found"]);
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
});

test("S13 a secret that is absent signs nothing", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const link = await linkTo(world.anna, await sent(world.anna, id, letters));
  expect((await deployed({ BESEDA_SECRET: "" })(link)).status).toBe(404);
});

test.for<[string, number, string, string | null]>([
  ["bytes=0-3", 206, "abcd", "bytes 0-3/10"],
  ["bytes=8-", 206, "ij", "bytes 8-9/10"],
  ["bytes=8-100", 206, "ij", "bytes 8-9/10"],
  ["bytes=-3", 206, "hij", "bytes 7-9/10"],
  ["bytes=-100", 206, "abcdefghij", "bytes 0-9/10"],
  ["bytes=10-", 416, "", "bytes */10"],
  ["bytes=-0", 416, "", "bytes */10"],
  ["bytes=3-1", 200, "abcdefghij", null],
  ["bytes=0-1,3-4", 200, "abcdefghij", null],
  ["lines=1-2", 200, "abcdefghij", null],
  ["bytes=-", 200, "abcdefghij", null],
])("ATT-3 a part of a file can be had: %s", async ([range, status, text, contentRange], { world }) => {
  const { id } = await world.anna.converse({});
  const answer = await door(await linkTo(world.anna, await sent(world.anna, id, letters)), { headers: { range } });
  expect([answer.status, await answer.text()]).toEqual([status, text]);
  expect(answer.headers.get("content-range")).toBe(contentRange);
});

test("S13 files may have an origin of their own, and any page may show or fetch them", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const message = await sent(anna, id, letters);
  const through = deployed({ FILES_ORIGIN: "https://files.beseda.test/" });
  const path = `/api/v1/messages/${message.id}/attachments/${message.attachments[0].id}/link`;
  const answer = await through(`${origin}${path}`, { headers: { authorization: `Bearer ${anna.token}` } });
  const { url } = (await answer.json()) as { url: string };
  expect(url).toMatch(/^https:\/\/files\.beseda\.test\/files\/[\w.-]+$/);
  const file = await through(url, { headers: { origin: "https://romashka.example" } });
  expect(file.headers.get("access-control-allow-origin")).toBe("*");
  expect(file.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
});
