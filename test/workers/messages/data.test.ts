import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { Collaboration } from "../../../src/sdk/client/collaboration.ts";
import {
  type DataValue,
  decodeData,
  encodeData,
  FormattedData,
  Picture,
  UserId,
  Uuid,
} from "../../../src/sdk/client/data.ts";
import { Chance } from "../../support/chance.ts";
import { door } from "../../support/workers/door.ts";
import { test } from "../../support/workers/world.ts";

const id = "0123456789abcdefghjkmnpqrs";
const strings = ["", "$date", "$", "$$", "Ж", "😀", "e\u0301", "\u202eabc", '\u0000\n\t"\\', "a b"];
const bytesOf = (chance: Chance): Uint8Array =>
  Uint8Array.from({ length: chance.whole(0, 40) }, () => chance.whole(0, 255));
const times = <Value>(chance: Chance, make: () => Value): Value[] => Array.from({ length: chance.whole(0, 4) }, make);

/** Values of every type that have nothing inside. */
const simple: ((chance: Chance) => DataValue)[] = [
  () => null,
  (chance) => chance.next() < 0.5,
  (chance) => chance.whole(-1_000_000, 1_000_000) || 0,
  (chance) => chance.pick([0.1, 1e300, -5e-324, Number.MAX_SAFE_INTEGER, 1 / 3]),
  (chance) => chance.pick(strings),
  (chance) => new Date(chance.whole(-62_135_596_800_000, 253_402_300_799_999)),
  () => new Uuid(crypto.randomUUID()),
  () => new UserId(id),
  bytesOf,
  (chance) => new Picture(chance.pick(["image/png", "image/svg+xml"]), bytesOf(chance)),
  (chance) => new FormattedData(chance.pick(strings), chance.pick(["text/csv", "application/xml; charset=utf-8"])),
];

/** Any value that data can carry. */
function anyValue(chance: Chance, depth = 0): DataValue {
  const within = () => anyValue(chance, depth + 1);
  const kind = depth > 4 ? 0 : chance.whole(0, 5);
  if (kind === 3) return times(chance, within);
  if (kind === 4) return new Map(times(chance, () => [within(), within()] as const));
  if (kind === 5) return Object.fromEntries(times(chance, () => [chance.pick(strings), within()] as const));
  return chance.pick(simple)(chance);
}

test("MSG-13 any value comes back with its types, as a message and as the elements of a list", async ({ world }) => {
  const beseda = new Collaboration(() => Promise.resolve(world.anna.token), { fetch: door });
  const room = (await beseda.createConversation().write()).id ?? "";
  const chance = new Chance(20_261_124);
  const values = Array.from({ length: 400 }, () => anyValue(chance));
  for (const some of Array.from({ length: 20 }, (_, i) => values.slice(i * 20, i * 20 + 20))) {
    const written = await beseda.createMessage(room, { data: some }).write();
    expect((await beseda.getMessage(written.id ?? "")).data).toStrictEqual(some);
  }
  for (const value of values.slice(0, 20).filter((value) => value !== null)) {
    const written = await beseda.createMessage(room, { data: value }).write();
    expect((await beseda.getMessage(written.id ?? "")).data).toStrictEqual(value);
  }
});

test("MSG-13 keys that mean something to JavaScript mean nothing in data", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  const body = '{"data":{"__proto__":{"isAdministrator":true},"constructor":1,"toString":2}}';
  const { body: message } = await world.anna.post(`/conversations/${room}/messages`, body);
  const { data } = (await world.anna.get(`/messages/${message.id}`)).body;
  expect(JSON.stringify(encodeData(decodeData(data)))).toBe(JSON.stringify(JSON.parse(body).data));
  expect(Object.hasOwn(data, "__proto__")).toBe(true);
  expect(message.isAdministrator).toBeUndefined();
});

test("MSG-13 a string carries its MIME type, a picture its own", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  for (const value of [
    new FormattedData("a;b\n1;2", "text/csv"),
    new Picture("image/png", Uint8Array.of(0x89, 0x50, 0x4e, 0x47)),
  ]) {
    const message = await world.anna.say(room, "", { data: encodeData(value) });
    expect(decodeData((await world.anna.get(`/messages/${message.id}`)).body.data)).toStrictEqual(value);
  }
});

const malformed: unknown[] = [
  { $date: "вчера" },
  { $date: "2026-13-01T00:00:00.000Z" },
  { $date: "2026-11-24" },
  { $date: 1 },
  { $uuid: "b0b" },
  { $uuid: null },
  { $user: "Борис" },
  { $binary: "***" },
  { $binary: "QUJ" },
  { $binary: [1, 2] },
  { $picture: { contentType: "image/png" } },
  { $picture: { contentType: "text/html", base64: "QUJD" } },
  { $picture: { contentType: "image/png", base64: "QUJD", name: "a.png" } },
  { $picture: "QUJD" },
  { $string: { value: "a" } },
  { $string: { value: 1, format: "text/csv" } },
  { $string: { value: "a", format: "csv" } },
  { $string: { value: "a", format: "text/csv;\ud800" } },
  { $map: {} },
  { $map: [1] },
  { $map: [["a"]] },
  { $map: [["a", 1, 2]] },
  { $map: [[{ $date: "вчера" }, 1]] },
  { $unknown: 1 },
  { $: 1 },
  { $uuid: id, other: 1 },
  { $date: "2026-11-24T00:00:00.000Z", $uuid: id },
  "\ud800",
  { "\udfff": 1 },
];

test("MSG-13 a value that claims a type and is none is refused, at any depth", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  const path = `/conversations/${room}/messages`;
  for (const value of malformed)
    for (const data of [value, [value], { a: { b: value } }, { $map: [["a", value]] }]) {
      const { body } = await world.anna.post(path, { data });
      expect(body, JSON.stringify(data)).toMatchObject({ code: "validation", field: "data" });
    }
  expect((await world.anna.get(path)).body.items).toEqual([]);
  const own = { $$date: "вчера", $$: 1, "": { $$unknown: [] } };
  expect((await world.anna.say(room, "", { data: own })).data).toEqual(own);
  expect(decodeData(own)).toEqual({ $date: "вчера", $: 1, "": { $unknown: [] } });
});

test("MSG-13 numbers that are not finite and too much depth are refused", async ({ world }) => {
  const { id: room } = await world.anna.converse({});
  const path = `/conversations/${room}/messages`;
  const nested = (levels: number): string => `{"data":${"[".repeat(levels)}${"]".repeat(levels)}}`;
  expect((await world.anna.post(path, nested(limits.messageDataDepth + 1))).status).toBe(201);
  for (const body of ['{"data":1e400}', nested(limits.messageDataDepth + 2), nested(100_000)])
    expect((await world.anna.post(path, body)).body).toMatchObject({ code: "validation", field: "data" });
});

test("MSG-14 data reaches programs, and no list, notification or hint shows it", async ({ world }) => {
  const { anna, boris } = world;
  const { id: room } = await anna.converse({ members: [boris.id] });
  const [line, inbox] = [await boris.live(room), await boris.inbox()];
  const message = await anna.say(room, "Смотри", { data: { секрет: "не для людей" } });
  expect((await line.event("message")).message.data).toEqual(message.data);
  await inbox.next("activity");
  const shown = [inbox.frames, (await boris.get("/conversations")).body, (await boris.get("/notifications")).body];
  expect(JSON.stringify(shown)).toContain("Смотри");
  expect(JSON.stringify(shown)).not.toContain("не для людей");
});
