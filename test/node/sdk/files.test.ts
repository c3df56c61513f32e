import { everyItem } from "beseda/client";
import { expect } from "vitest";
import { test as base } from "../../support/node/test.ts";
import { jpeg } from "../../support/workers/pictures.ts";

const key = "склад";
const test = base.extend("room", async ({ world }) =>
  world.anna.beseda.createConversation({ key, title: "Склад", members: [world.boris.id] }).write(),
);
const picture = () => new Blob([new Uint8Array(jpeg(4_000, 3_000))], { type: "image/jpeg" });
const small = (width: number, height: number) =>
  new Blob([new Uint8Array(jpeg(width, height))], { type: "image/jpeg" });

test("the files of a conversation come page by page, each with its message, and can be fetched", async ({
  world,
  room: _,
}) => {
  for (const name of ["раз.txt", "два.txt", "три.txt"]) {
    const message = world.anna.beseda.createMessage(key, { text: name });
    await message.attachments.add({ name, content: new TextEncoder().encode(name) });
    await message.write();
  }
  const { beseda } = world.boris;
  const names: string[] = [];
  for await (const { attachment, message, author, date } of everyItem((cursor) =>
    beseda.getAttachments({ conversation: key, count: 2, ...(cursor !== undefined && { cursor }) }),
  )) {
    names.push(attachment.name);
    expect(await (await attachment.download()).text()).toBe(attachment.name);
    expect((await beseda.getMessage(message)).text).toBe(attachment.name);
    expect([author, date instanceof Date]).toEqual([world.anna.id, true]);
  }
  expect(names).toEqual(["три.txt", "два.txt", "раз.txt"]);
  await expect(world.vera.beseda.getAttachments({ conversation: key })).rejects.toMatchObject({ code: "not_found" });
});

test("ATT-3 a picture takes its small one along, and goes without it when the server refuses that", async ({
  world,
  room: _,
}) => {
  const message = world.anna.beseda.createMessage(key);
  const preview = small(640, 480);
  const taken = await message.attachments.add({ name: "а.jpg", content: picture(), preview });
  const refused = await message.attachments.add({ name: "б.jpg", content: picture(), preview: small(480, 640) });
  expect([taken.previewSize, refused.previewSize]).toEqual([preview.size, undefined]);
  await message.write();
  const { items } = await world.boris.beseda.getAttachments({ conversation: key });
  expect(items.map(({ attachment }) => attachment.previewSize)).toEqual([preview.size, undefined]);
  const link = await items[0]?.attachment.link();
  const answer = await fetch(link?.preview ?? "");
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array(await preview.arrayBuffer()));
  expect(await items[1]?.attachment.link()).not.toHaveProperty("preview");
});

test("a link that may not be looked at has no preview, and what is no link is refused", async ({ world }) => {
  const { beseda, origin } = world.anna;
  expect(await beseda.linkPreviewsSupported()).toBe(true);
  for (const url of [`${origin}/c/1`, "http://127.0.0.1/", "http://[::127.0.0.1]/"])
    expect(await beseda.getLinkPreview(url)).toBeUndefined();
  await expect(beseda.getLinkPreview("ворота")).rejects.toMatchObject({ code: "validation", field: "url" });
});
