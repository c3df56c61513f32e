import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { ask } from "../../support/workers/ask.ts";
import { test } from "../../support/workers/world.ts";

const full = limits.messageText;
const html = (text: string) => ({ text, textFormat: "text/html" });

/** What just fits, and one more of it. */
const texts: Record<string, [fits: object, tooLong: object]> = {
  "4,000 Latin letters": [{ text: "x".repeat(full) }, { text: "x".repeat(full + 1) }],
  "4,000 Cyrillic letters": [{ text: "ж".repeat(full) }, { text: "ж".repeat(full + 1) }],
  "2,000 emoji": [{ text: "😀".repeat(full / 2) }, { text: `${"😀".repeat(full / 2)}x` }],
  "letters with combining marks": [{ text: "е\u0308".repeat(full / 2) }, { text: `${"е\u0308".repeat(full / 2)}x` }],
  "line breaks": [{ text: "\n".repeat(full) }, { text: "\n".repeat(full + 1) }],
  "formatted text": [html(`<b>${"x".repeat(full)}</b>`), html(`<b>${"x".repeat(full)}</b>y`)],
  "formatted text of entities": [html("&amp;".repeat(full)), html("&amp;".repeat(full + 1))],
  "a list with its marks": [
    html(`<ul><li>${"x".repeat(full - 2)}</li></ul>`),
    html(`<ul><li>${"x".repeat(full - 1)}</li></ul>`),
  ],
};

test("MSG-1 a text has 4,000 UTF-16 units of plain text, and not one more", async ({ world }) => {
  const code = await world.again(world.boris, { scopes: ["code"] });
  const { id } = await code.converse({});
  const path = `/conversations/${id}/messages`;
  const line = await code.live(id);
  const edited = (await code.say(id, "Коротко")).id;
  for (const [what, [fits, tooLong]] of Object.entries(texts)) {
    const posted = await code.post(path, fits);
    expect([posted.status, posted.body.text?.length], what).toEqual([201, full]);
    expect((await code.post(path, tooLong)).body, what).toMatchObject({ code: "limit_exceeded", field: "text" });
    expect((await code.patch(`/messages/${edited}`, tooLong)).body.code, what).toBe("limit_exceeded");
    const answer = await ask(line, { type: "post", message: tooLong });
    expect(answer.problem, what).toMatchObject({ code: "limit_exceeded", field: "text" });
  }
  expect((await code.get(`/messages/${edited}`)).body).toMatchObject({ text: "Коротко" });
  expect((await code.get(path)).body.items).toHaveLength(1 + Object.keys(texts).length);
});

/** HTML that is small where it comes in and large where it would be kept. */
const swollen = {
  "more HTML than is read": `${"<b></b>".repeat(Math.ceil(limits.messageHtml / 7))}текст`,
  "lists in lists in lists": "<ul><li>a".repeat(7_000),
  "one long link around many runs": `<a href="https://x.example/${"y".repeat(30_000)}">${"<b>x</b>y".repeat(1_900)}</a>`,
};

test("MSG-1 formatted text is bounded in every direction, and refused without delay", async ({ world }) => {
  const code = await world.as(world.boris.id);
  const { id } = await code.converse({});
  for (const [what, text] of Object.entries(swollen)) {
    const answer = await code.post(`/conversations/${id}/messages`, html(text));
    expect(answer.body, what).toMatchObject({ code: "limit_exceeded", field: "text" });
  }
  const deep = await code.say(id, `${"<b>".repeat(20_000)}текст`, { textFormat: "text/html" });
  expect(deep.runs).toEqual([{ text: "текст", bold: true }]);
});

const bytes = limits.messageData;

/** A list that takes so many bytes: `[1,1,…,11]`. */
const listOf = (size: number): number[] => [...Array<number>(size / 2 - 2).fill(1), 11];

/** Data of exactly the limit as JSON in UTF-8, and the next larger of its kind. */
const data: Record<string, [fits: unknown, tooLarge: unknown]> = {
  "Latin letters": ["x".repeat(bytes - 2), "x".repeat(bytes - 1)],
  "Cyrillic letters, two bytes each": ["ж".repeat((bytes - 2) / 2), "ж".repeat(bytes / 2)],
  "emoji, four bytes each": [`${"😀".repeat((bytes - 4) / 4)}xx`, `${"😀".repeat((bytes - 4) / 4)}xxx`],
  "line breaks, escaped": ["\n".repeat((bytes - 2) / 2), "\n".repeat(bytes / 2)],
  "binary data in base64": [
    { $binary: "A".repeat(Math.floor((bytes - 14) / 4) * 4) },
    { $binary: "A".repeat(Math.ceil((bytes - 14) / 4) * 4) },
  ],
  "a list": [listOf(bytes), listOf(bytes + 2)],
};

test("MSG-12 data has 102,400 bytes as JSON, and not one more", async ({ world }) => {
  const { id } = await world.boris.converse({});
  const line = await world.boris.live(id);
  for (const [what, [fits, tooLarge]] of Object.entries(data)) {
    const message = await world.boris.say(id, "", { data: fits });
    expect((await world.boris.get(`/messages/${message.id}`)).body.data, what).toEqual(fits);
    const refused = await world.boris.post(`/conversations/${id}/messages`, { data: tooLarge });
    expect(refused.body, what).toMatchObject({ code: "limit_exceeded", field: "data" });
    expect((await world.boris.patch(`/messages/${message.id}`, { data: tooLarge })).body.code).toBe("limit_exceeded");
    expect((await ask(line, { type: "post", message: { data: tooLarge } })).problem.code).toBe("limit_exceeded");
  }
  const { body } = await world.boris.get(`/conversations/${id}/messages`);
  expect(body.items).toHaveLength(Object.keys(data).length);
});

test("MSG-15 a message names at most 500 recipients", async ({ world }) => {
  const { id } = await world.boris.converse({});
  const recipients = Array(limits.messageRecipients + 1).fill(world.anna.id);
  const path = `/conversations/${id}/messages`;
  expect((await world.boris.post(path, { text: "Всем", recipients })).body.code).toBe("limit_exceeded");
  expect((await world.boris.post(path, { text: "Всем", recipients: recipients.slice(1) })).status).toBe(201);
});
