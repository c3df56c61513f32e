import { isCollaborationError, type Message, type Processing } from "beseda/client";
import { expect, vi } from "vitest";
import { Heard } from "../../support/node/heard.ts";
import { test as base } from "../../support/node/test.ts";

/** A service conversation with a key, in which Борис and Вера listen and write. */
const test = base.extend("room", async ({ world }) => {
  const { anna, boris, vera } = world;
  const conversation = anna.beseda.createConversation({ key: "служба", members: [boris.id, vera.id] });
  await conversation.write();
  return { id: conversation.id as string, key: "служба" };
});

test("SUB-3 SUB-6 the handler is called once for each new message, with the value passed on attaching", async ({
  world,
  room,
}) => {
  const calls = new Heard<[string, object]>();
  const additionalParameters = { window: 7 };
  await world.boris.beseda.beginAttachNewMessagesHandler(
    undefined,
    room.key,
    (message, parameters: object) => calls.take([message.text, parameters]),
    { additionalParameters },
  );
  for (const text of ["один", "два", "три"]) await world.vera.beseda.createMessage(room.key, { text }).write();
  await calls.count(3);
  expect(calls.all.map(([text]) => text)).toEqual(["один", "два", "три"]);
  for (const [, parameters] of calls.all) expect(parameters).toBe(additionalParameters);
});

test("SUB-4 the conversation is named by its key or by its id, at the same place", async ({ world, room }) => {
  const byKey = new Heard<Message>();
  const byId = new Heard<Message>();
  await world.boris.beseda.beginAttachNewMessagesHandler(undefined, room.key, byKey.take);
  await world.boris.beseda.beginAttachNewMessagesHandler(undefined, room.id, byId.take);
  const { id } = await world.vera.beseda.createMessage(room.id, { text: "Кому?" }).write();
  expect([(await byKey.next()).id, (await byId.next()).id]).toEqual([id, id]);
});

test("SUB-5 SUB-7 success is told by the completion callback, with the parameters, and by the promise", async ({
  world,
  room,
}) => {
  const attached = vi.fn();
  const onError = vi.fn();
  const subscription = await world.boris.beseda.beginAttachNewMessagesHandler(attached, room.key, () => undefined, {
    additionalParameters: "параметр",
    onError,
  });
  expect(attached.mock.calls).toEqual([["параметр"]]);
  expect(onError).not.toHaveBeenCalled();
  expect(subscription.conversation?.id).toBe(room.id);
});

test.for([
  { standardProcessing: true, reports: 1 },
  { standardProcessing: false, reports: 0 },
])(
  "SUB-5 SUB-7 failure is told by the error callback and by the promise: %o",
  async ({ standardProcessing, reports }, { world }) => {
    const reported = vi.fn();
    const attached = vi.fn();
    const failed: [unknown, Processing, string][] = [];
    const attaching = world.boris
      .open({ onError: reported })
      .beginAttachNewMessagesHandler<unknown, string>(attached, "нет такого", () => undefined, {
        additionalParameters: "параметр",
        onError: (...call) => {
          failed.push(call);
          call[1].standardProcessing = standardProcessing;
        },
      });
    await expect(attaching).rejects.toMatchObject({ code: "not_found" });
    expect(failed).toHaveLength(1);
    expect(isCollaborationError(failed[0]?.[0], "not_found")).toBe(true);
    expect(failed[0]?.[2]).toBe("параметр");
    expect(attached).not.toHaveBeenCalled();
    expect(reported).toHaveBeenCalledTimes(reports);
  },
);

test("SUB-5 whoever uses the callbacks may leave the promise alone", async ({ world }) => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  const failures = new Heard<unknown>();
  void world.boris.beseda.beginAttachNewMessagesHandler(undefined, "нет такого", () => undefined, {
    onError: failures.take,
  });
  await failures.next();
  // Node tells of unhandled rejections after the microtasks; this request ends later.
  await world.boris.beseda.currentUserId();
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test("SUB-8 attaching to a conversation that is absent creates nothing and keeps nothing for later", async ({
  world,
}) => {
  const heard = new Heard<Message>();
  const failures = new Heard<unknown>();
  const attaching = world.boris.beseda.beginAttachNewMessagesHandler(undefined, "позже", heard.take, {
    onError: failures.take,
  });
  await expect(attaching).rejects.toMatchObject({ code: "not_found" });
  expect(failures.all).toHaveLength(1);
  expect((await world.privileged.getConversations({ key: "позже" })).items).toEqual([]);

  await world.anna.beseda.createConversation({ key: "позже", members: [world.boris.id] }).write();
  const later = new Heard<Message>();
  await world.boris.beseda.beginAttachNewMessagesHandler(undefined, "позже", later.take);
  await world.anna.beseda.createMessage("позже", { text: "Теперь есть" }).write();
  await later.next();
  expect(heard.all).toEqual([]);
});

test("SUB-9 attaching fails for who is no member, and for who lacks the Read right on the object", async ({
  world,
}) => {
  const { anna, boris } = world;
  const group = await anna.beseda.createConversation({ title: "Без Бориса" }).write();
  const readers = anna.open({}, { contexts: ["/orders/*"] });
  const about = await readers.createConversation({ conversationContext: "/orders/7" }).write();
  const attach = (id: string | undefined, program = boris.beseda) =>
    program.beginAttachNewMessagesHandler(undefined, id as string, () => undefined);
  await expect(attach(group.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(attach(about.id)).rejects.toMatchObject({ code: "not_found" });
  const subscription = await attach(about.id, boris.open({}, { contexts: ["/orders/7"] }));
  expect(subscription.conversation?.conversationContext).toBe("/orders/7");
});

test("SUB-10 a subscription covers the one conversation it names", async ({ world, room }) => {
  const other = await world.anna.beseda.createConversation({ key: "другая", members: [world.boris.id] }).write();
  const heard = new Heard<Message>();
  await world.boris.beseda.beginAttachNewMessagesHandler(undefined, room.key, heard.take);
  await world.anna.beseda.createMessage(other.id as string, { text: "не сюда" }).write();
  await world.anna.beseda.createMessage(room.key, { text: "сюда" }).write();
  expect((await heard.next()).text).toBe("сюда");
  for (const all of ["", "*", "/"])
    await expect(world.boris.beseda.subscribe(all, {})).rejects.toMatchObject({ code: "not_found" });
});

test("SUB-11 subscribers get all new messages, whoever the recipients are", async ({ world, room }) => {
  const { anna, boris, vera } = world;
  const heard = new Heard<Message>();
  await boris.beseda.beginAttachNewMessagesHandler(undefined, room.key, heard.take);
  await anna.beseda.createMessage(room.key, { text: "Вере", recipients: [vera.id] }).write();
  await anna.beseda.createMessage(room.key, { text: "Никому" }).write();
  const own = await boris.beseda.createMessage(room.key, { text: "Мое" }).write();
  expect((await heard.count(3)).map(({ text }) => text)).toEqual(["Вере", "Никому", "Мое"]);
  expect(heard.all[2]?.author).toBe(own.author);
});

test("SUB-2 a client that was closed gets nothing replayed when it comes again", async ({ world, room }) => {
  const { boris, vera } = world;
  const before = new Heard<Message>();
  const program = boris.open();
  await program.beginAttachNewMessagesHandler(undefined, room.key, before.take);
  await vera.beseda.createMessage(room.key, { text: "пока он здесь" }).write();
  await before.next();
  program.close();
  await vera.beseda.createMessage(room.key, { text: "пока его нет" }).write();

  const after = new Heard<Message>();
  await boris.open().beginAttachNewMessagesHandler(undefined, room.key, after.take);
  await vera.beseda.createMessage(room.key, { text: "снова здесь" }).write();
  expect((await after.next()).text).toBe("снова здесь");
  expect(before.all.map(({ text }) => text)).toEqual(["пока он здесь"]);
});

test("SUB-6 a handler that fails, at once or later, hinders neither the next message nor other handlers", async ({
  world,
  room,
}) => {
  const reported = new Heard<unknown>();
  const heard = new Heard<Message>();
  const program = world.boris.open({ onError: reported.take });
  await program.beginAttachNewMessagesHandler(undefined, room.key, (message) => {
    if (message.text === "сразу") throw new TypeError("at once");
    if (message.text === "потом") return Promise.reject(new TypeError("later"));
    return heard.take(message);
  });
  for (const text of ["сразу", "потом", "хорошо"]) await world.vera.beseda.createMessage(room.key, { text }).write();
  expect((await heard.next()).text).toBe("хорошо");
  expect((await reported.count(2)).map((error) => (error as Error).message)).toEqual(["at once", "later"]);
});
