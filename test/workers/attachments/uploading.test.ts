import { expect } from "vitest";
import { Attachment } from "../../../src/protocol/attachments.ts";
import { limits } from "../../../src/protocol/limits.ts";
import { configOf } from "../../../src/storage/config.ts";
import { door } from "../../support/workers/door.ts";
import { deployed, kept, linkTo, sent, streamOf, type Upload, upload, uploaded } from "../../support/workers/files.ts";
import { shaped } from "../../support/workers/shapes.ts";
import { test } from "../../support/workers/world.ts";

/** Longer than what is read of a file before it is kept, so that the rest streams through. */
const long = new Uint8Array(700_000).map((_, i) => i % 251);

test("ATT-3 a file has a name and a content type, and comes back byte for byte", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const attachment = shaped(
    Attachment,
    await uploaded(anna, id, { name: "отчёт.pdf", contentType: "application/pdf", content: long }),
  );
  expect(attachment).toMatchObject({ name: "отчёт.pdf", contentType: "application/pdf", size: long.length });
  const message = await anna.say(id, "Отчёт", { attachments: [attachment.id] });
  expect(message.attachments).toEqual([attachment]);
  expect((await boris.get(`/messages/${message.id}`)).body.attachments).toEqual([attachment]);
  const answer = await door(await linkTo(boris, message));
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(long);
});

test.for<[string, Upload]>([
  ["a buffer", { content: new Uint8Array([1, 2, 3]) }],
  ["nothing at all", { content: new Uint8Array() }],
  ["a stream without Content-Length", { content: streamOf(long), size: long.length }],
])("ATT-8 every kind of content is taken: %s", async ([, file], { world }) => {
  const { id } = await world.anna.converse({});
  const size = file.size ?? (file.content as Uint8Array).length;
  const message = await sent(world.anna, id, file);
  expect(message.attachments[0].size).toBe(size);
  expect((await (await door(await linkTo(world.anna, message))).arrayBuffer()).byteLength).toBe(size);
});

test.for<[string, string | undefined, string]>([
  ["отчёт.pdf", undefined, "application/pdf"],
  ["Отчёт за ноябрь.XLSX", undefined, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ["архив.tar.gz", undefined, "application/gzip"],
  ["договор", undefined, "application/octet-stream"],
  ["pdf", undefined, "application/octet-stream"],
  ["данные.неизвестно", undefined, "application/octet-stream"],
  ["x.constructor", undefined, "application/octet-stream"],
  ["x.__proto__", undefined, "application/octet-stream"],
  ["папка.pdf/имя", undefined, "application/octet-stream"],
  ["отчёт.pdf", "application/x-romashka+json; version=2", "application/x-romashka+json; version=2"],
])("ATT-12 the type of %s stated as %s is %s", async ([name, contentType, expected], { world }) => {
  const { id } = await world.anna.converse({});
  const attachment = await uploaded(world.anna, id, { name, ...(contentType !== undefined && { contentType }) });
  expect(attachment).toMatchObject({ name, contentType: expected });
});

test.for<[string, Upload, string]>([
  ["no name", { name: "" }, "validation"],
  ["blanks for a name", { name: "  " }, "validation"],
  ["a control character", { name: "a\nb.txt" }, "validation"],
  ["a name too long", { name: "я".repeat(limits.attachmentName + 1) }, "limit_exceeded"],
  ["a type that is none", { contentType: "roses" }, "validation"],
  ["a type beyond ASCII", { contentType: "text/рlain" }, "validation"],
  ["a type too long", { contentType: `text/${"x".repeat(limits.contentType)}` }, "limit_exceeded"],
  ["no length", { content: streamOf(long) }, "validation"],
  ["two lengths", { size: 5 }, "validation"],
  ["less than stated", { length: 100 }, "validation"],
  ["more than stated", { length: 3 }, "validation"],
  ["a stream shorter than stated", { content: streamOf(long), size: long.length + 1 }, "validation"],
  ["a stream longer than stated", { content: streamOf(long), size: long.length - 1 }, "validation"],
])("ATT-9 a name is any line and a type any MIME type; refused is %s", async ([, file, code], { world }) => {
  const { id } = await world.anna.converse({});
  const { body } = await upload(world.anna, id, file);
  expect(body.code).toBe(code);
});

test("ATT-4 ATT-7 a file may be as large as the server says, 50 MB by default, and not a byte larger", async ({
  world,
}) => {
  expect(configOf({}).attachmentBytes).toBe(50 * 1024 * 1024);
  const through = deployed({ ATTACHMENT_BYTES: "1000" });
  const { id } = await world.anna.converse({});
  const [fits, larger] = [1_000, 1_001].map((length) => ({ content: new Uint8Array(length) }));
  expect((await upload(world.anna, id, fits, through)).status).toBe(201);
  const { status, body } = await upload(world.anna, id, larger, through);
  expect([status, body.code]).toEqual([413, "limit_exceeded"]);
  expect(await kept()).toHaveLength(1);
});

test("ATT-4 the bound counts what comes, not what is stated", async ({ world }) => {
  const through = deployed({ ATTACHMENT_BYTES: "1000" });
  const { id } = await world.anna.converse({});
  const { body } = await upload(world.anna, id, { content: streamOf(long), size: 1_000 }, through);
  expect(body.code).toBe("validation");
  expect(await kept()).toEqual([]);
});

test("ATT-3 whoever may not write brings no file, and learns no more than from a message", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  expect((await upload(vera, id)).body.code).toBe("not_found");
  const board = await world.privileged.converse({ title: "Объявления", viewOnly: true, members: [boris.id] });
  expect((await upload(boris, board.id)).body.code).toBe("forbidden");
  expect((await upload(world.privileged, board.id)).status).toBe(201);
  expect(await kept()).toHaveLength(1);
});

test("ATT-3 so many uploads of one user may wait, and posting them makes room", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const waiting: string[] = [];
  for (let i = 0; i < limits.uploadsWaiting; i++) waiting.push((await uploaded(anna, id, { content: "" })).id);
  expect((await upload(anna, id)).body.code).toBe("limit_exceeded");
  await uploaded(boris, id);
  await anna.say(id, "", { attachments: waiting.slice(0, limits.messageAttachments) });
  await uploaded(anna, id);
});
