import { expect } from "vitest";
import { disposition, servedType } from "../../../src/domain/files/served.ts";
import { door } from "../../support/workers/door.ts";
import { linkTo, sent } from "../../support/workers/files.ts";
import { png } from "../../support/workers/pictures.ts";
import { test } from "../../support/workers/world.ts";

const names = [
  'a"; filename="evil.html',
  "..\\..\\windows\\system32\\evil.dll",
  "../../etc/passwd",
  ".htaccess",
  "счёт\u202Efdp.exe",
  "C:\\autoexec.bat",
  "файл%2e%2e%2fname;x=1.txt",
  "name.html. . .",
  "'RFC5987'*(evil).txt",
  "😀".repeat(127),
];

test.for(names)("S13 a hostile name makes one clean header and no path: %s", async (name, { world }) => {
  const { id } = await world.anna.converse({});
  const message = await sent(world.anna, id, { name });
  expect(message.attachments[0].name).toBe(name);
  const header = (await door(await linkTo(world.anna, message))).headers.get("content-disposition") ?? "";
  const parts = /^attachment; filename="([ !#-$&-:<-~]*)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]*)$/.exec(header);
  expect(parts, header).not.toBeNull();
  for (const saved of [parts?.[1] ?? "", decodeURIComponent(parts?.[2] ?? "")]) {
    expect(saved).not.toMatch(/[/\\:"\u202e]|^\.|[. ]$/);
    expect(saved).not.toBe("");
  }
});

test.for<[string, string, string]>([
  ["page.html", "text/html", "<script>alert(1)</script>"],
  ["picture.svg", "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ["script.js", "text/javascript", "alert(1)"],
  ["page.xhtml", "application/xhtml+xml", "<html xmlns='http://www.w3.org/1999/xhtml'/>"],
  ["style.xsl", "application/vnd.evil+xml", "<xsl/>"],
  ["picture.png", "image/png", "<script>alert(1)</script>"],
  ["page.hta", "TEXT/HTML; charset=utf-7", "+ADw-script+AD4-"],
  ["report.pdf", "application/pdf", "%PDF-1.7"],
])("S13 %s as %s is saved and never shown", async ([name, contentType, content], { world }) => {
  const { id } = await world.anna.converse({});
  const message = await sent(world.anna, id, { name, contentType, content });
  expect(message.attachments[0]).toMatchObject({ contentType });
  expect(message.attachments[0].safeType).toBeUndefined();
  const { headers } = await door(await linkTo(world.anna, message));
  expect(headers.get("content-disposition")).toMatch(/^attachment; /);
  expect(headers.get("content-type")).toBe(
    contentType === "application/pdf" ? "application/pdf" : "application/octet-stream",
  );
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
});

test("S13 a picture is what its bytes say, shown as that alone, whatever its sender calls it", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const message = await sent(world.anna, id, { name: "page.html", contentType: "text/html", content: png(640, 480) });
  expect(message.attachments[0]).toMatchObject({
    contentType: "text/html",
    safeType: "image/png",
    width: 640,
    height: 480,
  });
  const { headers } = await door(await linkTo(world.anna, message));
  expect(headers.get("content-type")).toBe("image/png");
  expect(headers.get("content-disposition")).toMatch(/^inline; /);
  expect(headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
});

test.for([
  ["text/plain; charset=utf-8", "text/plain"],
  ["text/csv", "text/csv"],
  ["Video/MP4", "video/mp4"],
  ["audio/ogg", "audio/ogg"],
  ["application/vnd.ms-excel", "application/vnd.ms-excel"],
  ["application/vnd.ms-excel+xml", "application/octet-stream"],
  ["text/plainer", "application/octet-stream"],
  ["text/html", "application/octet-stream"],
  ["image/bmp", "application/octet-stream"],
  ["multipart/x-mixed-replace", "application/octet-stream"],
  ["application/xml", "application/octet-stream"],
  ["application/wasm", "application/octet-stream"],
])("S13 %s is served as %s", ([contentType = "", expected]) => {
  expect(servedType({ contentType })).toBe(expected);
});

test("S13 a name in any script is saved as it is", () => {
  const header = disposition({ name: "Отчёт за ноябрь.pdf" });
  expect(header).toContain(`filename*=UTF-8''${encodeURIComponent("Отчёт за ноябрь.pdf")}`);
});
