import { expect, test, vi } from "vitest";
import { CollaborationError, type FoundMessage } from "../../../src/sdk/client/index.ts";
import { markedExcerpt } from "../../../web/site/conversations/marked-excerpt.ts";
import { MessageSearch } from "../../../web/site/conversations/message-search.ts";

const item = (text: string) => ({ message: { id: text, text } }) as unknown as FoundMessage;

/** A server that answers when it is told to. */
function source() {
  const asked: { query: { text: string; cursor?: string | undefined }; signal: AbortSignal | undefined }[] = [];
  const answers: ReturnType<typeof Promise.withResolvers<{ items: FoundMessage[]; cursor?: string }>>[] = [];
  const searchMessages = (query: { text: string }, { signal }: { signal?: AbortSignal } = {}) => {
    asked.push({ query, signal });
    answers.push(Promise.withResolvers());
    return answers.at(-1)?.promise as Promise<{ items: FoundMessage[]; cursor?: string }>;
  };
  return { asked, answers, searchMessages };
}

const textsOf = ({ items }: MessageSearch) => items.map(({ message }) => message.text);

test("new words end what was asked before, and its late answer changes nothing", async () => {
  const server = source();
  const search = new MessageSearch(server);
  search.seek("накл");
  search.seek("короб");
  expect(server.asked.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
  server.answers[1]?.resolve({ items: [item("коробка")] });
  await vi.waitFor(() => expect(search.state).toBe("ready"));
  server.answers[0]?.resolve({ items: [item("накладная")], cursor: "x" });
  await Promise.resolve();
  expect([textsOf(search), search.hasMore]).toEqual([["коробка"], false]);
});

test("pages follow one another as long as there is a cursor; a page that failed is asked again", async () => {
  const server = source();
  const search = new MessageSearch(server);
  search.seek("накл");
  server.answers[0]?.resolve({ items: [], cursor: "a" });
  await vi.waitFor(() => expect([search.state, search.hasMore]).toEqual(["ready", true]));
  const failing = search.further();
  server.answers[1]?.reject(new CollaborationError({ code: "network", detail: "" }));
  await failing;
  expect(search.state).toBe("failed");
  const again = search.further();
  server.answers[2]?.resolve({ items: [item("накладная")] });
  await again;
  expect(server.asked.map(({ query }) => query.cursor)).toEqual([undefined, "a", "a"]);
  expect([search.state, textsOf(search), search.hasMore]).toEqual(["ready", ["накладная"], false]);
});

test("words that are none are in no message, and without words nothing is asked", async () => {
  const server = source();
  const search = new MessageSearch(server);
  search.seek("!!");
  server.answers[0]?.reject(new CollaborationError({ code: "validation", detail: "" }));
  await vi.waitFor(() => expect([search.state, search.items]).toEqual(["ready", []]));
  search.seek("");
  expect([search.state, server.asked.length]).toEqual(["idle", 1]);
});

test.each([
  ["Две накладные", [[4, 13]], "Две [накладные]"],
  [
    "ёлка и ёлки",
    [
      [0, 4],
      [7, 11],
    ],
    "[ёлка] и [ёлки]",
  ],
  [`${"а".repeat(50)} ворота ${"б".repeat(200)}`, [[51, 57]], `…${"а".repeat(39)} [ворота] ${"б".repeat(113)}…`],
  [`${"🙂".repeat(30)} ворота`, [[61, 67]], `…${"🙂".repeat(19)} [ворота]`],
  ["без меток", [], "без меток"],
])("an excerpt shows the place, whole characters and the marks: %#", (text, marks, expected) => {
  const pieces = markedExcerpt(
    text,
    (marks as number[][]).map(([from = 0, to = 0]) => ({ from, to })),
  );
  expect(pieces.map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text)).join("")).toBe(expected);
});
