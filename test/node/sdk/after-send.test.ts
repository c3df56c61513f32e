import { type Conversation, isCollaborationError, type Message } from "beseda/client";
import { expect, vi } from "vitest";
import { Heard } from "../../support/node/heard.ts";
import { test as base } from "../../support/node/test.ts";

const key = "склад";

const test = base.extend("room", async ({ world }) => {
  const { anna, boris, vera } = world;
  return anna.beseda.createConversation({ key, title: "Склад", members: [boris.id, vera.id] }).write();
});

test("SUB-33 SUB-34 the handler runs once the message is sent, with what was typed, where, and the parameters", async ({
  world,
  room,
}) => {
  const calls: [Message, Conversation, string][] = [];
  const { beseda } = world.anna;
  beseda.attachAfterSendMessageHandler<string>((...call) => calls.push(call), "параметр");
  const message = await beseda.sendInteractiveMessage(key, "Привет", [world.boris.id]);
  expect(calls).toHaveLength(1);
  const [typed, where, parameters] = calls[0] as [Message, Conversation, string];
  expect(typed).toMatchObject({ id: message.id, text: "Привет", recipients: [world.boris.id] });
  expect(where).toMatchObject({ id: room.id, key, title: "Склад" });
  expect(parameters).toBe("параметр");
  expect((await beseda.getMessage(typed.id as string)).text).toBe("Привет");
});

test("SUB-33 a message that was refused was not sent: no handler runs", async ({ world, room: _ }) => {
  const handler = vi.fn();
  const { beseda } = world.anna;
  beseda.attachAfterSendMessageHandler(handler);
  await expect(beseda.sendInteractiveMessage(key, "")).rejects.toMatchObject({ code: "validation" });
  await expect(beseda.sendInteractiveMessage("нет такого", "Привет")).rejects.toMatchObject({ code: "not_found" });
  expect(handler).not.toHaveBeenCalled();
});

test("SUB-35 it runs for each typed message, and only in the program in which it was typed", async ({
  world,
  room: _,
}) => {
  const { anna, boris } = world;
  const otherDevice = anna.open();
  const elsewhere = vi.fn();
  const heard = new Heard<Message>();
  for (const program of [otherDevice, boris.beseda]) program.attachAfterSendMessageHandler(elsewhere);
  await boris.beseda.beginAttachNewMessagesHandler(undefined, key, heard.take);
  const here: string[] = [];
  anna.beseda.attachAfterSendMessageHandler(({ text }) => here.push(text));
  await anna.beseda.sendInteractiveMessage(key, "раз");
  await anna.beseda.sendInteractiveMessage(key, "два");
  await heard.count(2);
  expect(here).toEqual(["раз", "два"]);
  expect(elsewhere).not.toHaveBeenCalled();
});

test("SUB-1 SUB-36 what code writes reaches subscriptions and no after-send handler, so an answer makes no loop", async ({
  world,
  room: _,
}) => {
  const { anna, boris } = world;
  const { beseda } = anna;
  const typed: string[] = [];
  beseda.attachAfterSendMessageHandler(async (message) => {
    typed.push(message.text);
    await beseda.createMessage(key, { text: `${message.text}: ответ` }).write();
  });
  const heard = new Heard<Message>();
  const subscription = await beseda.subscribe(key, {});
  await boris.beseda.beginAttachNewMessagesHandler(undefined, key, heard.take);
  await beseda.createMessage(key, { text: "от программы" }).write();
  await subscription.send({ text: "через сокет" });
  await world.keep(world.application.connectAs(anna.id)).createMessage(key, { text: "от сервера" }).write();
  await beseda.sendInteractiveMessage(key, "напечатано");
  expect((await heard.count(5)).map(({ text }) => text)).toEqual([
    "от программы",
    "через сокет",
    "от сервера",
    "напечатано",
    "напечатано: ответ",
  ]);
  expect(typed).toEqual(["напечатано"]);
});

test("SUB-37 the handler reads text and members, to react to key words or where the robot is a member", async ({
  world,
  room,
}) => {
  const { anna, vera } = world;
  const withoutVera = await anna.beseda.createConversation({ title: "Без Веры" }).write();
  const heard: string[] = [];
  anna.beseda.attachAfterSendMessageHandler(({ text }, { members, title }) => {
    if (text.includes("заказ") && members.includes(vera.id)) heard.push(`${title}: ${text}`);
  });
  for (const id of [room.id, withoutVera.id])
    for (const text of ["Где заказ 42?", "Спасибо"]) await anna.beseda.sendInteractiveMessage(id as string, text);
  expect(heard).toEqual(["Склад: Где заказ 42?"]);
});

test("SUB-33 a handler is detached by what attaching returned, and attached twice runs once", async ({
  world,
  room: _,
}) => {
  const handler = vi.fn();
  const { beseda } = world.anna;
  beseda.attachAfterSendMessageHandler<number>(handler, 1);
  const detach = beseda.attachAfterSendMessageHandler<number>(handler, 2);
  await beseda.sendInteractiveMessage(key, "раз");
  expect(handler.mock.calls.map(([, , parameters]) => parameters)).toEqual([2]);
  detach();
  await beseda.sendInteractiveMessage(key, "два");
  expect(handler).toHaveBeenCalledOnce();
});

test("SUB-33 sending has succeeded, whatever goes wrong in the handlers or on the way to them", async ({
  world,
  room,
}) => {
  const reported = new Heard<unknown>();
  let isDown = false;
  const beseda = world.anna.open({
    onError: reported.take,
    fetch: (url, init) =>
      isDown && init?.method === "GET"
        ? Promise.resolve(Response.json({ code: "internal", status: 418, detail: "down" }, { status: 418 }))
        : fetch(url, init),
  });
  const second = vi.fn();
  beseda.attachAfterSendMessageHandler(() => {
    throw new TypeError("at once");
  });
  beseda.attachAfterSendMessageHandler(async () => Promise.reject(new TypeError("later")));
  beseda.attachAfterSendMessageHandler(second);
  expect((await beseda.sendInteractiveMessage(key, "раз")).conversationId).toBe(room.id);
  expect(second).toHaveBeenCalledOnce();
  isDown = true;
  expect((await beseda.sendInteractiveMessage(key, "два")).conversationId).toBe(room.id);
  const [first, later, third] = await reported.count(3);
  expect([first, later].map((error) => (error as Error).message)).toEqual(["at once", "later"]);
  expect(isCollaborationError(third, "internal")).toBe(true);
});
