import { type Message, standardUsers, UserId } from "beseda/client";
import { expect } from "vitest";
import { serviceConversation } from "../../../samples/service-conversation.ts";
import { Heard } from "../../support/node/heard.ts";
import { test as base } from "../../support/node/test.ts";

const key = "служебная";

/** A service conversation as code on the server sets it up; `server` is that code, acting as Анна. */
const test = base.extend("service", async ({ world }) => {
  const server = world.keep(world.application.connectAs(world.anna.id));
  return { server, conversation: await serviceConversation(server, key) };
});

test("SUB-12 code on the server sets up a service conversation in one call of each kind", async ({ service }) => {
  const { conversation } = service;
  expect(conversation).toMatchObject({ isNew: false, displayed: false, key });
  expect(conversation.members).toContain(standardUsers.allApplicationUsers);
  const again = await service.server.getConversation(conversation.id as string);
  expect(again).toMatchObject({ displayed: false, key });
});

test("SUB-13 a service conversation is not in the list of displayed ones, and is reached by its key", async ({
  world,
  service,
}) => {
  const { boris } = world;
  const shown = await world.anna.beseda.createConversation({ title: "Склад", members: [boris.id] }).write();
  await service.server.createMessage(key, { data: "команда" }).write();
  const listed = await boris.beseda.getConversations({ displayed: true });
  expect(listed.items.map(({ id }) => id)).toEqual([shown.id]);
  expect((await boris.beseda.getMessages({ conversation: key })).items).toHaveLength(1);
});

test("SUB-14 every user of the application can subscribe, one who came later included", async ({ world, service }) => {
  const heard = { vera: new Heard<Message>(), galina: new Heard<Message>() };
  await world.vera.beseda.beginAttachNewMessagesHandler(undefined, key, heard.vera.take);
  const galina = await world.privileged
    .createUser({ infoBaseUserId: "9a1e0000-0000-4000-8000-000000000004", name: "Галина" })
    .write();
  const later = world.keep(world.application.connectAs(galina.id));
  await later.beginAttachNewMessagesHandler(undefined, key, heard.galina.take);
  await service.server.createMessage(key, { text: "всем" }).write();
  expect([(await heard.vera.next()).text, (await heard.galina.next()).text]).toEqual(["всем", "всем"]);
});

test("SUB-15 code on the server fetches the conversation by key and writes through its id", async ({
  world,
  service,
}) => {
  const { id } = await service.server.getConversation(key);
  expect(id).toBe(service.conversation.id);
  await service.server.createMessage(id as string, { text: "через id" }).write();
  const [message] = (await world.boris.beseda.getMessages({ conversation: key })).items;
  expect(message?.text).toBe("через id");
});

test("SUB-16 SUB-17 SUB-18 the handler reads data, text, recipients, and the conversation's key and members", async ({
  world,
  service,
}) => {
  const { boris, vera } = world;
  const { conversation } = service;
  const heard = new Heard<{ message: Message; key: string | undefined; members: string[] }>();
  const seen: { key: string | undefined; members: string[] }[] = [];
  await boris.beseda.beginAttachNewMessagesHandler(
    undefined,
    key,
    async (message) => {
      const { key, members } = await boris.beseda.getConversation(message.conversationId as string);
      heard.take({ message, key, members });
    },
    { filter: (_, { key, members }) => seen.push({ key, members }) > 0 },
  );
  await conversation.addMembers([vera.id]);
  const data = { Команда: "Показать", Адресат: new UserId(boris.id) };
  await service.server.createMessage(key, { text: "Показать заказ", data, recipients: [vera.id] }).write();
  const { message, ...where } = await heard.next();
  expect(message).toMatchObject({ text: "Показать заказ", data, recipients: [vera.id] });
  expect(where.key).toBe(key);
  expect(where.members).toContain(vera.id);
  // The filter is handed the same, kept up to date without a request.
  expect(seen[0]?.key).toBe(key);
  expect(seen[0]?.members).toContain(vera.id);
});

test("SUB-23 a message with neither text nor data is refused, although its receiver might read neither", async ({
  world,
  service,
}) => {
  const heard = new Heard<Message>();
  await world.boris.beseda.beginAttachNewMessagesHandler(undefined, key, heard.take);
  const empty = service.server.createMessage(key);
  await expect(empty.write()).rejects.toMatchObject({ code: "validation" });
  empty.data = [];
  await empty.write();
  expect((await heard.next()).data).toEqual([]);
  expect(heard.all).toHaveLength(1);
});

test("SUB-24 a filter given on attaching lets only the addressed messages through", async ({ world, service }) => {
  const { boris, vera } = world;
  const heard = new Heard<Message>();
  await boris.beseda.beginAttachNewMessagesHandler(undefined, key, heard.take, {
    filter: ({ recipients }) => recipients.includes(boris.id),
  });
  await service.server.createMessage(key, { text: "Вере", recipients: [vera.id] }).write();
  await service.server.createMessage(key, { text: "Борису", recipients: [boris.id] }).write();
  expect((await heard.next()).text).toBe("Борису");
  expect(heard.all).toHaveLength(1);
});
