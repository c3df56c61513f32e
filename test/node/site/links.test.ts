import { expect, test } from "vitest";
import { CollaborationError } from "../../../src/sdk/client/errors.ts";
import { firstPage } from "../../../web/site/conversation/links.ts";
import { LinkPreviews, type Source } from "../../../web/site/links/previews.ts";

const preview = { host: "romashka.example", title: "Ворота" };

test.each([
  ["Без ссылки", undefined],
  ["Письмо anna@romashka.example, потом www.romashka.example.", "https://www.romashka.example/"],
  ["https://a.example/1 и https://b.example/2", "https://a.example/1"],
  ["ftp://a.example/1", undefined],
])("the first page that a message names: %s", (text, page) => {
  expect(firstPage({ text })).toBe(page);
});

test("the first page of a formatted message is that of its first link to one", () => {
  const runs = [{ link: "tel:+74950000000" }, {}, { link: "https://a.example/" }, { link: "https://b.example/" }];
  expect(firstPage({ text: "https://c.example/", runs })).toBe("https://a.example/");
  expect(firstPage({ text: "https://c.example/", runs: [{}] })).toBe(undefined);
});

test("a link is asked for once, four of them at the same time, and none where the server makes no previews", async () => {
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  let most = 0;
  const source: Source = {
    linkPreviewsSupported: async () => true,
    getLinkPreview: (url) => {
      asked.push(url);
      return new Promise((resolve) => {
        waiting.push(() => resolve(preview));
        most = Math.max(most, waiting.length);
      });
    },
  };
  const previews = new LinkPreviews(source);
  const all = Promise.all([1, 2, 3, 4, 5, 6, 1, 2].map((n) => previews.of(`https://a.example/${n}`)));
  for (let round = 0; round < 6; round++) {
    while (waiting.length === 0) await Promise.resolve();
    waiting.shift()?.();
  }
  expect(await all).toEqual(Array(8).fill(preview));
  expect([asked.length, most]).toEqual([6, 4]);
  expect(previews.known("https://a.example/1")).toEqual(preview);

  const off = new LinkPreviews({ ...source, linkPreviewsSupported: async () => false });
  expect(await off.of("https://a.example/7")).toBe(null);
  expect(asked).toHaveLength(6);
});

test("who asked too often, or had no network, may ask again", async () => {
  let isDown = true;
  const previews = new LinkPreviews({
    linkPreviewsSupported: async () => true,
    getLinkPreview: async () => {
      if (isDown) throw new CollaborationError({ code: "network", detail: "The server cannot be reached" });
      return preview;
    },
  });
  expect(await previews.of("https://a.example/")).toBe(null);
  isDown = false;
  expect(await previews.of("https://a.example/")).toEqual(preview);
});
