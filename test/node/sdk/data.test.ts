import { type DataValue, FormattedData, type Message, Picture, UserId, Uuid } from "beseda/client";
import * as v from "valibot";
import { expect, vi } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { Heard } from "../../support/node/heard.ts";
import { test as base } from "../../support/node/test.ts";

const key = "данные";

/** Вера writes, Борис listens. */
const test = base.extend("room", async ({ world }) => {
  const { anna, boris, vera } = world;
  await anna.beseda.createConversation({ key, displayed: false, members: [boris.id, vera.id] }).write();
  const send = (data: DataValue) => vera.beseda.createMessage(key, { text: "данные", data }).write();
  return { send };
});

const moment = new Date("2026-11-24T09:00:00.123Z");
const uuid = new Uuid("b0b00000-0000-4000-8000-000000000002");
const values: [string, DataValue][] = [
  ["null", { ничего: null }],
  ["booleans", [true, false]],
  ["numbers", [0, -1.5, 9007199254740991, 1e-7]],
  ["strings", ["", "Ё 😀", "2026-11-24T09:00:00.123Z", '"\\\u0000']],
  ["a date", moment],
  ["arrays", [[], [[1]], ["один", 2]]],
  ["a structure", { Команда: "Перезапуск", Вложено: { глубоко: [{}] } }],
  ["keys like tags", { $date: "не дата", $$: 1, __proto__: "своё" }],
  [
    "a map with keys of any type",
    new Map<DataValue, DataValue>([
      [1, "число"],
      [moment, uuid],
      ["ключ", null],
    ]),
  ],
  ["a UUID", uuid],
  ["a user id", new UserId("0123456789abcdefghjkmnpqrs")],
  ["binary data", new Uint8Array([0, 127, 128, 255])],
  ["a picture", new Picture("image/png", new Uint8Array([137, 80, 78, 71]))],
  ["a string with its MIME type", new FormattedData("a;b\n1;2", "text/csv")],
];

test.for(values)(
  "MSG-13 SUB-19 %s come back with the same type and value, live and read again",
  async ([, data], { world, room }) => {
    const heard = new Heard<Message>();
    await world.boris.beseda.beginAttachNewMessagesHandler(undefined, key, heard.take);
    const written = await room.send(data);
    expect(written.data).toStrictEqual(data);
    expect((await heard.next()).data).toStrictEqual(data);
    expect((await world.boris.beseda.getMessage(written.id as string)).data).toStrictEqual(data);
  },
);

test("SUB-19 data has at most 102,400 bytes as JSON, and not one more", async ({ room }) => {
  const quotes = 2;
  await room.send("a".repeat(limits.messageData - quotes));
  await expect(room.send("a".repeat(limits.messageData - quotes + 1))).rejects.toMatchObject({
    code: "limit_exceeded",
  });
});

test.for<[string, unknown]>([
  ["a function", () => 1],
  ["an infinite number", Number.POSITIVE_INFINITY],
  ["an object of a class of one's own", new (class Order {})()],
  ["a date that does not exist", new Date(Number.NaN)],
])("SUB-19 %s is refused on this side, before anything is sent", async ([, value], { world, room }) => {
  await expect(room.send(value as DataValue)).rejects.toBeInstanceOf(Error);
  expect((await world.boris.beseda.getMessages({ conversation: key })).items).toEqual([]);
});

interface Order {
  номер: number;
  вид: string;
}

function order(data: DataValue): Order {
  const { номер, вид = "обычный" } = data as Partial<Order>;
  if (typeof номер !== "number") throw new TypeError("номер must be a number");
  return { номер, вид };
}

test.for([
  ["a function", order],
  ["an object with parse", { parse: (value: unknown) => order(value as DataValue) }],
  ["a Standard Schema", v.object({ номер: v.number(), вид: v.optional(v.string(), "обычный") })],
] as const)(
  "SUB-20 %s is a contract: it shapes the data, and what it refuses goes to the error callback",
  async ([, contract], { world, room }) => {
    const orders = new Heard<Order>();
    const refused = new Heard<Error>();
    await world.boris.beseda.beginAttachNewMessagesHandler<Order>(
      undefined,
      key,
      ({ data }) => orders.take({ номер: data.номер, вид: data.вид }),
      {
        contract: contract as (data: DataValue) => Order,
        onError: (error, processing) => {
          processing.standardProcessing = false;
          refused.take(error as Error);
        },
      },
    );
    for (const data of [{ номер: "семь" }, { номер: 7 }, "семь"]) await room.send(data);
    await world.vera.beseda.createMessage(key, { text: "без данных" }).write();
    await room.send({ номер: 8, вид: "срочный" });
    expect(await orders.count(2)).toEqual([
      { номер: 7, вид: "обычный" },
      { номер: 8, вид: "срочный" },
    ]);
    expect(await refused.count(3)).toHaveLength(3);
  },
);

test("SUB-20 a contract that answers later is refused as such", async ({ world, room }) => {
  const refused = new Heard<unknown>();
  const handler = vi.fn();
  await world.boris.beseda.beginAttachNewMessagesHandler(undefined, key, handler, {
    contract: v.pipeAsync(
      v.any(),
      v.checkAsync(async () => true),
    ),
    onError: refused.take,
  });
  await room.send(1);
  expect(String(await refused.next())).toMatch(/must answer at once/);
  expect(handler).not.toHaveBeenCalled();
});
