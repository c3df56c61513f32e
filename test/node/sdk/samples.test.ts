import { type Message, UserId } from "beseda/client";
import { expect, vi } from "vitest";
import { channelKey, obeyCommands, sendCommand } from "../../../samples/command-channel.ts";
import { runLongTask, showProgress, tasksKey } from "../../../samples/long-task.ts";
import { askToRestart, restartKey, restartWhenAsked } from "../../../samples/restart-clients.ts";
import { type Page, restartPage, restoreDraft } from "../../../samples/restart-in-browser.ts";
import { answerAsRobot, attachRobot } from "../../../samples/robot.ts";
import { actionsKey, announce, type ServiceAction, showServiceActions } from "../../../samples/service-actions.ts";
import { serviceConversation } from "../../../samples/service-conversation.ts";
import { subscribeToServiceConversation } from "../../../samples/subscribe.ts";
import { synchroniseUsers } from "../../../samples/synchronise-users.ts";
import { Heard } from "../../support/node/heard.ts";
import { test as base } from "../../support/node/test.ts";

/** Code on the application's server, acting as Анна. */
const test = base.extend("code", async ({ world }) => world.keep(world.application.connectAs(world.anna.id)));

test("SUB-25 the sample subscribes by key and by id, and both hear equal messages", async ({ world, code }) => {
  const { id } = await serviceConversation(code, "КомандныйКанал");
  const heard = await Promise.all(
    ["КомандныйКанал", id as string].map(async (keyOrId) => {
      const messages = new Heard<Message>();
      const attached = vi.fn();
      const failed = vi.fn();
      await subscribeToServiceConversation(world.boris.beseda, keyOrId, { message: messages.take, attached, failed });
      expect(attached.mock.calls).toEqual([[keyOrId]]);
      expect(failed).not.toHaveBeenCalled();
      return messages;
    }),
  );
  const data = { Команда: "Показать", Адресат: new UserId(world.boris.id) };
  await code.createMessage("КомандныйКанал", { text: "раз", data }).write();
  await code.createMessage("КомандныйКанал", { text: "два" }).write();
  const [byKey, byId] = await Promise.all(heard.map(async (messages) => (await messages.count(2)).map(contentOf)));
  expect(byKey).toEqual(byId);
  expect(byKey?.map(({ text }) => text)).toEqual(["раз", "два"]);
});

const contentOf = ({ id, n, m, author, date, text, data }: Message) => ({ id, n, m, author, date, text, data });

test("SUB-25 the sample's failure callback hears of a conversation that is not there", async ({ world }) => {
  const failed = vi.fn();
  const reports = { message: () => undefined, attached: vi.fn(), failed };
  await expect(subscribeToServiceConversation(world.boris.beseda, "нет такого", reports)).rejects.toThrow();
  expect(failed.mock.calls).toMatchObject([[{ code: "not_found" }]]);
});

test("SUB-26 SUB-27 the restart conversation is hidden, open to all, and its messages carry ids and no text", async ({
  world,
  code,
}) => {
  const conversation = await serviceConversation(code, restartKey);
  expect(conversation).toMatchObject({ key: "ПерезапускКлиентов", displayed: false });
  expect(conversation.members).toContain(world.boris.beseda.standardUsers.allApplicationUsers);
  const message = await askToRestart(code, [world.anna.id, world.boris.id]);
  expect(message.text).toBe("");
  expect(message.data).toEqual([new UserId(world.anna.id), new UserId(world.boris.id)]);
});

test("SUB-28 of three clients online the two that are named restart once each, and the third stays", async ({
  world,
  code,
}) => {
  await serviceConversation(code, restartKey);
  const clients = [world.anna, world.boris, world.vera];
  const all = clients.map(() => new Heard<Message>());
  const restarts = clients.map(() => vi.fn());
  for (const [index, { beseda }] of clients.entries()) {
    await restartWhenAsked(beseda, restarts[index] as () => void);
    await beseda.beginAttachNewMessagesHandler(undefined, restartKey, (all[index] as Heard<Message>).take);
  }
  await askToRestart(code, [world.anna.id, world.boris.id]);
  // What comes after both messages were told came for nobody.
  const { id } = await askToRestart(code, []);
  for (const heard of all) await heard.until((message) => message.id === id);
  expect(restarts.map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0]);
});

test("SUB-22 SUB-29 the command channel carries command and addressee, and only the addressee obeys", async ({
  world,
  code,
}) => {
  const { boris, vera } = world;
  await serviceConversation(code, channelKey);
  const done = new Heard<string>();
  for (const { name, beseda } of [boris, vera])
    await obeyCommands(beseda, {
      Перезапуск: () => done.take(`${name}: Перезапуск`),
      Показать: () => done.take(`${name}: Показать`),
    });
  const message = await sendCommand(code, boris.id, "Перезапуск");
  expect(message).toMatchObject({
    text: "",
    data: { Команда: "Перезапуск", Адресат: new UserId(boris.id) },
  });
  await sendCommand(code, boris.id, "НеизвестнаяКоманда");
  await sendCommand(code, vera.id, "Показать");
  await sendCommand(code, boris.id, "Показать");
  expect((await done.count(3)).toSorted()).toEqual(["Борис: Перезапуск", "Борис: Показать", "Вера: Показать"]);
});

/** A page in which somebody is writing. */
function pageWith(draft: string, agrees: boolean) {
  const kept = new Map<string, string>();
  const page = {
    field: { value: draft },
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    confirm: vi.fn(() => agrees),
    reload: vi.fn(),
  } satisfies Page;
  return { page, kept };
}

test.for([
  { agrees: true, reloads: 1 },
  { agrees: false, reloads: 0 },
])("SUB-30 the web sample keeps the draft and asks before it reloads the page: %o", ({ agrees, reloads }) => {
  const { page, kept } = pageWith("Коллеги, завтра", agrees);
  restartPage(page);
  expect(page.confirm).toHaveBeenCalledOnce();
  expect(page.reload).toHaveBeenCalledTimes(reloads);
  page.field.value = "";
  restoreDraft(page);
  expect(page.field.value).toBe("Коллеги, завтра");
  expect(kept.size).toBe(0);
});

test("SUB-31 running clients are told of service actions, with the moment they begin", async ({ world, code }) => {
  await serviceConversation(code, actionsKey);
  const shown = new Heard<ServiceAction>();
  await showServiceActions(world.boris.beseda, shown.take);
  const action = { Действие: "Резервное копирование", Начало: new Date("2026-11-24T18:00:00.000Z") };
  await announce(code, action);
  expect(await shown.next()).toEqual(action);
});

test("SUB-31 the client sees the progress of its own long task, and not of another", async ({ world, code }) => {
  await serviceConversation(code, tasksKey);
  const [mine, another] = [crypto.randomUUID(), crypto.randomUUID()];
  const shown = new Heard<number>();
  await showProgress(world.boris.beseda, mine, shown.take);
  const step = async () => undefined;
  await runLongTask(code, another, [step]);
  await runLongTask(code, mine, [step, step, step]);
  expect(await shown.count(3)).toEqual([33, 67, 100]);
});

test("SUB-37 SUB-38 the robot answers a text that begins with a question mark, where it is a member", async ({
  world,
}) => {
  const { anna, boris, vera } = world;
  const robot = world.keep(world.application.connectAs(vera.id));
  attachRobot(anna.beseda, vera.id, (conversation) => answerAsRobot(robot, conversation));
  const withRobot = await anna.beseda.createConversation({ key: "с роботом", members: [boris.id, vera.id] }).write();
  await anna.beseda.createConversation({ key: "без робота", members: [boris.id] }).write();
  const heard = new Heard<Message>();
  const elsewhere = new Heard<Message>();
  await boris.beseda.beginAttachNewMessagesHandler(undefined, "с роботом", heard.take);
  await boris.beseda.beginAttachNewMessagesHandler(undefined, "без робота", elsewhere.take);
  await anna.beseda.sendInteractiveMessage("без робота", "?");
  await anna.beseda.sendInteractiveMessage("с роботом", "Привет?");
  await anna.beseda.sendInteractiveMessage("с роботом", "?");
  expect((await heard.count(3)).map(({ text, author }) => [text, author])).toEqual([
    ["Привет?", anna.id],
    ["?", anna.id],
    ["Я робот!", vera.id],
  ]);
  expect(heard.all[2]?.conversationId).toBe(withRobot.id);
  expect(elsewhere.all.map(({ text }) => text)).toEqual(["?"]);
});

test("USR-15 a synchronisation creates who never signed in, and blocks who has left", async ({ world }) => {
  const person = (index: number) => ({
    infoBaseUserId: `c0000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    name: `Человек ${index}`,
  });
  const crowd = Array.from({ length: 205 }, (_, index) => person(index));
  const cast = [world.anna, world.boris, world.vera].map(({ infoBaseUserId, name }) => ({ infoBaseUserId, name }));
  expect(await synchroniseUsers(world.privileged, [...cast, ...crowd])).toEqual({ created: 205, blocked: 0 });
  expect(await synchroniseUsers(world.privileged, [...cast, ...crowd.slice(1)])).toEqual({ created: 0, blocked: 1 });
  const left = await world.privileged.getUserId(person(0).infoBaseUserId);
  expect((await world.privileged.getUser(left)).isLocked).toBe(true);
});
