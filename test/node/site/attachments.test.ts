import { expect, test } from "vitest";
import { kindOf } from "../../../web/site/attachments/kinds.ts";
import { attached, pasted } from "../../../web/site/attachments/types.ts";

test.each([
  ["договор.docx", "", "text"],
  ["остатки.xlsx", "application/octet-stream", "sheet"],
  ["данные", "text/csv", "sheet"],
  ["схема.vsdx", "", "diagram"],
  ["маршрут.gpx", "", "map"],
  ["страница.html", "text/html", "page"],
  ["продажи.rpt", "", "report"],
  ["показ.pptx", "", "slides"],
  ["счёт.pdf", "application/pdf", "pdf"],
  ["архив.zip", "application/zip", "archive"],
])("ATT-13 a well-known kind has its own icon: %s %s is %s", (name, contentType, kind) => {
  expect(kindOf({ name, contentType })).toBe(kind);
});

test.each([
  ["audio/ogg", "audio"],
  ["video/mp4", "video"],
  ["text/plain", "plain"],
  ["image/heic", "picture"],
  ["application/x-secret", "unknown"],
  ["", "unknown"],
])("ATT-14 for all others the content type decides: %s is %s", (contentType, kind) => {
  expect(kindOf({ name: "файл", contentType })).toBe(kind);
});

test("ATT-10 the browser's type is stated, and none when it has none", () => {
  expect(attached(new File(["x"], "a.png", { type: "image/png" })).contentType).toBe("image/png");
  expect(attached(new File(["x"], "a.неизвестно")).contentType).toBeUndefined();
});

test("ATT-11 a picture out of the clipboard is image/png, other files are what they are", () => {
  const { file, contentType } = pasted(new File(["x"], "image.jpg", { type: "image/jpeg" }));
  expect([file.name, file.type, contentType]).toEqual(["image.png", "image/png", "image/png"]);
  expect(pasted(new File(["x"], "a.txt", { type: "text/plain" })).contentType).toBe("text/plain");
});
