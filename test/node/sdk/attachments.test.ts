import { type FileContent, isCollaborationError, type Message } from "beseda/client";
import { expect, onTestFinished, vi } from "vitest";
import { readReports, sendReport } from "../../../samples/attachments.ts";
import { BrowserRequest } from "../../support/node/browser-request.ts";
import { Heard } from "../../support/node/heard.ts";
import { test as base } from "../../support/node/test.ts";

const key = "склад";
const test = base.extend("room", async ({ world }) =>
  world.anna.beseda.createConversation({ key, title: "Склад", members: [world.boris.id] }).write(),
);

const bytes = new TextEncoder().encode("%PDF-1.7 накладная 1041");

/** A stream that gives the bytes in pieces, or breaks off after the first. */
const streamOf = (pieces: Uint8Array[], failure?: Error): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else if (failure) controller.error(failure);
      else controller.close();
    },
  });
const inPieces = () => streamOf([bytes.slice(0, 5), bytes.slice(5, 6), bytes.slice(6)]);

test.for([
  { kind: "a file", make: (): FileContent => new File([bytes], "другое имя.txt") },
  { kind: "a blob", make: (): FileContent => new Blob([bytes]) },
  { kind: "a buffer", make: (): FileContent => bytes.buffer },
  { kind: "a part of a buffer", make: (): FileContent => bytes.subarray(0) },
  { kind: "a stream", make: (): FileContent => inPieces() },
])("ATT-8 what is added is $kind, and every reader gets its bytes", async ({ make }, { world, room: _ }) => {
  const heard = new Heard<Message>();
  await world.boris.beseda.beginAttachNewMessagesHandler(undefined, key, heard.take);
  const message = world.anna.beseda.createMessage(key);
  await message.attachments.add({ name: "накладная.pdf", content: make(), size: bytes.length });
  await message.write();
  const [attachment, ...others] = (await heard.next()).attachments;
  expect(attachment).toMatchObject({ name: "накладная.pdf", size: bytes.length });
  expect(others).toEqual([]);
  const answer = await attachment?.download();
  expect(new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(bytes);
});

test.for([
  { name: "накладная.pdf", options: { contentType: "application/x-своё" }, refused: true },
  { name: "накладная.pdf", options: { contentType: "roses" }, refused: true },
  {
    name: "накладная.pdf",
    options: { contentType: "application/x-invoice; version=2" },
    type: "application/x-invoice; version=2",
  },
  { name: "накладная.pdf", options: {}, type: "application/pdf" },
  { name: "накладная", options: {}, type: "application/octet-stream" },
])("ATT-9 ATT-12 $name with $options", async ({ name, options, type, refused }, { world, room: _ }) => {
  const uploading = world.anna.beseda.upload(key, { name, content: bytes }, options);
  if (refused) await expect(uploading).rejects.toMatchObject({ code: "validation" });
  else expect(await uploading).toMatchObject({ name, contentType: type });
});

test("ATT-12 the type that a browser's file has counts as stated", async ({ world, room: _ }) => {
  const { beseda } = world.anna;
  const file = new File([bytes], "накладная.pdf", { type: "text/x-invoice" });
  expect(await beseda.upload(key, file)).toMatchObject({ name: "накладная.pdf", contentType: "text/x-invoice" });
});

test("ATT-2 attachmentsSupported tells whether the server keeps files, and an unregistered application gets an error", async ({
  world,
}) => {
  expect(await world.anna.beseda.attachmentsSupported()).toBe(true);
  const { beseda } = world.boris;
  await world.application.unregisterInfoBase();
  await expect(beseda.attachmentsSupported()).rejects.toMatchObject({ code: "not_registered" });
});

test("ATT-8 a composer uploads before it sends, hears how far it is, and names what is there", async ({
  world,
  room: _,
}) => {
  const { beseda } = world.anna;
  const onProgress = vi.fn();
  const stream = { name: "видео.mp4", content: inPieces(), size: bytes.length };
  const { id } = await beseda.upload(key, stream, { onProgress });
  expect(onProgress.mock.calls.map(([sent]) => sent)).toEqual([5, 6, bytes.length, bytes.length]);
  const message = await beseda.sendInteractiveMessage(key, { attachments: [id] });
  expect(message.attachments.at(0)).toMatchObject({ id, contentType: "video/mp4" });
  expect(message.text).toBe("");
});

/** Until the test ends this program has what browsers have. */
function beBrowser(): void {
  vi.stubGlobal("XMLHttpRequest", BrowserRequest);
  onTestFinished(() => void vi.unstubAllGlobals());
}

test("ATT-8 a browser tells the progress of any content, streams included, and needs no size", async ({
  world,
  room: _,
}) => {
  beBrowser();
  for (const content of [new Blob([bytes]), inPieces()]) {
    const onProgress = vi.fn();
    const { size } = await world.anna.beseda.upload(key, { name: "видео.mp4", content }, { onProgress });
    expect(size).toBe(bytes.length);
    expect(onProgress.mock.calls).toEqual([[size / 2], [size]]);
  }
});

test("ATT-8 a browser breaks an upload off, and hears why one was refused", async ({ world, room: _ }) => {
  beBrowser();
  const { beseda } = world.anna;
  const stop = new AbortController();
  const file = { name: "видео.mp4", content: bytes };
  const broken = beseda.upload(key, { ...file, onProgress: () => stop.abort() }, { signal: stop.signal });
  await expect(broken).rejects.toMatchObject({ name: "AbortError" });
  const elsewhere = beseda.upload("нет такого", file, { onProgress: () => undefined });
  await expect(elsewhere).rejects.toMatchObject({ code: "not_found", status: 404 });
});

test("ATT-8 what is broken off is left out, and the message goes without it", async ({ world, room: _ }) => {
  const message = world.anna.beseda.createMessage(key, { text: "Без файла" });
  const stop = new AbortController();
  const adding = message.attachments.add({ name: "долго.bin", content: new Blob([bytes]), signal: stop.signal });
  stop.abort();
  await expect(adding).rejects.toThrow();
  await message.write();
  expect(message.attachments.length).toBe(0);
});

test("ATT-8 a file that did not arrive makes writing fail, once, and nothing is posted without it", async ({
  world,
  room: _,
}) => {
  const { beseda } = world.anna;
  const message = beseda.createMessage(key, { text: "С файлом" });
  const broken = streamOf([bytes.slice(0, 5)], new Error("The disk is gone"));
  void message.attachments.add({ name: "пропало.pdf", content: broken, size: bytes.length });
  await expect(message.write()).rejects.toSatisfy((error) => isCollaborationError(error));
  expect((await beseda.getMessages({ conversation: key })).items).toEqual([]);
  await message.attachments.add({ name: "снова.pdf", content: bytes });
  await message.write();
  expect([...message.attachments].map(({ name }) => name)).toEqual(["снова.pdf"]);
});

test("ATT-3 a written message takes new files and gives up others, and its link ends with it", async ({
  world,
  room: _,
}) => {
  const message = world.anna.beseda.createMessage(key, { text: "Накладные" });
  const brought = await message.attachments.add({ name: "раз.pdf", content: bytes });
  await message.attachments.add({ name: "два.pdf", content: bytes });
  await message.write();
  // What was brought is what is shown now.
  expect(await (await brought.download()).text()).toContain("1041");
  const [first, second] = message.attachments;
  if (!first || !second) throw new Error("There are no files");
  message.attachments.remove(first);
  await message.attachments.add({ name: "три.pdf", content: bytes });
  await message.write();
  expect([...message.attachments].map(({ name }) => name)).toEqual(["два.pdf", "три.pdf"]);
  await expect(first.download()).rejects.toMatchObject({ code: "not_found" });
  expect(await (await second.download()).text()).toContain("1041");
  await message.delete();
  expect(message.attachments.length).toBe(0);
  await expect(second.link()).rejects.toMatchObject({ code: "not_found" });
});

test("ATT-3 who cannot read the message gets neither link nor file", async ({ world, room: _ }) => {
  const message = world.anna.beseda.createMessage(key);
  await message.attachments.add({ name: "раз.pdf", content: bytes });
  const { id = "" } = await message.write();
  const attachment = message.attachments.at(0)?.id ?? "";
  expect(await world.boris.beseda.attachmentLink(id, attachment)).toMatchObject({ url: expect.any(String) });
  await expect(world.vera.beseda.attachmentLink(id, attachment)).rejects.toMatchObject({ code: "not_found" });
});

test("ATT-9 the sample of the guide sends a report that it made in memory, and reads it", async ({
  world,
  room: _,
}) => {
  const heard = new Heard<Message>();
  await world.boris.beseda.beginAttachNewMessagesHandler(undefined, key, heard.take);
  await sendReport(world.anna.beseda, key, "Склад;Остаток\n3;12");
  const message = await heard.next();
  expect(message.attachments.at(0)).toMatchObject({ name: "Остатки.csv", contentType: "text/csv" });
  expect(await readReports(message)).toEqual(["Склад;Остаток\n3;12"]);
});
