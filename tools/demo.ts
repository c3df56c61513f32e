import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  Application,
  type Collaboration,
  CollaborationError,
  isCollaborationError,
  type RegistrationState,
  type RegistrationStore,
  standardUsers,
} from "beseda/server";

/** The demo application's people, the same cast as in tests and documents. */
const people = [
  { infoBaseUserId: "a11a0000-0000-4000-8000-000000000001", name: "Анна", fullName: "Анна Ивановна Белова" },
  { infoBaseUserId: "b0b00000-0000-4000-8000-000000000002", name: "Борис", fullName: "Борис Петрович Громов" },
  { infoBaseUserId: "5e5a0000-0000-4000-8000-000000000003", name: "Вера", fullName: "Вера Сергеевна Дымова" },
] as const;

const infoBaseName = "Ромашка";
const email = "anna@romashka.example";
const orders = ["/orders/1041", "/orders/1042"];

export interface Demo {
  baseUrl: string;
  mailbox: string;
  openapi: string;
  application: { infoBaseName: string; [field: string]: unknown };
  users: { id: string; infoBaseUserId: string; name: string; token: string }[];
  conversations: { id: string; key: string | undefined; title: string }[];
}

/** A registration kept in a file, as a small application would keep it. */
const fileStore = (file: string): RegistrationStore => ({
  load: async () => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as RegistrationState) : {}),
  save: async (state) => writeFileSync(file, JSON.stringify(state, null, 2), { mode: 0o600 }),
});

/**
 * Registers the demo application by the same way every application takes, mail included; creates its people and their
 * conversations once; and writes fresh tokens for scripts to `.local/demo.json`.
 */
export async function prepareDemo(origin: string, folder: string): Promise<Demo> {
  const store = fileStore(join(folder, "registration.json"));
  const application = new Application(store, { rights: ["registerSystem", "dataAdministration"] });
  await register(application, store, origin);
  const privileged = application.connectPrivileged();
  const users = (await privileged.createUsers([...people])).map(({ user }, index) => ({
    id: user.id,
    ...(people[index] as (typeof people)[number]),
  }));
  const conversations = await converse(
    application,
    users.map(({ id }) => id),
  );
  const tokens = await Promise.all(
    people.map((person, index) =>
      application.mintUserToken({
        ...person,
        seconds: 12 * 3600,
        contexts: index < 2 ? ["/orders/*"] : [orders[1] as string],
        ...(index === 0 && { scopes: ["dataAdministration", "registerSystem"] }),
      }),
    ),
  );
  const { record } = await store.load();
  const demo: Demo = {
    baseUrl: origin,
    mailbox: `${origin}/local/mail`,
    openapi: `${origin}/api/v1/openapi.json`,
    application: { infoBaseName, ...record },
    users: users.map(({ id, infoBaseUserId, name }, index) => ({
      id,
      infoBaseUserId,
      name,
      token: tokens[index] as string,
    })),
    conversations,
  };
  writeFileSync(join(folder, "demo.json"), JSON.stringify(demo, null, 2), { mode: 0o600 });
  privileged.close();
  return demo;
}

async function register(application: Application, store: RegistrationStore, origin: string): Promise<void> {
  const { record } = await store.load();
  if (record?.serverAddress === origin && (await isKnown(application))) return;
  // The address is part of the registration; on another port the same application is reached under another address.
  if (record) {
    await store.save({ record: { ...record, serverAddress: origin } });
    if (await isKnown(application)) return;
    await store.save({});
  }
  const parameters = { serverAddress: origin, email, infoBaseName, userCount: people.length, administrator: people[0] };
  const first = await application.registerInfoBase(parameters);
  const { items } = (await (await fetch(`${origin}/local/mail?to=${email}`)).json()) as { items: { text: string }[] };
  const activationCode = /: (\d{8})/.exec(items[0]?.text ?? "")?.[1];
  if (!activationCode) throw new Error(`No activation code came: ${first.messageText}`);
  const { registrationCompleted, messageText } = await application.registerInfoBase({ ...parameters, activationCode });
  if (!registrationCompleted) throw new Error(messageText);
}

async function isKnown(application: Application): Promise<boolean> {
  try {
    return await application.connect().infoBaseRegistered();
  } catch (error) {
    if (error instanceof CollaborationError) return false;
    throw error;
  }
}

/** Conversations of every kind, each with a little history. */
async function converse(application: Application, users: string[]): Promise<Demo["conversations"]> {
  const [anna, boris, vera] = users as [string, string, string];
  const as = {
    anna: application.connectAs(anna, { contexts: ["*"] }),
    boris: application.connectAs(boris, { contexts: ["*"] }),
    vera: application.connectAs(vera),
  };
  const stock = await once(as.anna, { key: "склад", title: "Склад", members: [boris, vera] }, [
    [as.anna, "Доброе утро! Сегодня принимаем две машины, ворота 3 и 4."],
    [as.boris, "Принято. Первую жду к десяти."],
    [as.vera, "Накладные распечатала, лежат на столе у ворот."],
    [as.boris, "Спасибо, Вера!"],
  ]);
  const news = await once(
    as.anna,
    { key: "новости", title: "Новости компании", members: [standardUsers.allApplicationUsers] },
    [[as.anna, "Коллеги, в пятницу короткий день: закрываемся в 16:00."]],
  );
  const pair = await once(as.boris, { group: false, members: [vera] }, [
    [as.boris, "Вера, вторая машина опаздывает на час."],
    [as.vera, "Хорошо, предупрежу водителей."],
  ]);
  const order = await once(as.anna, { conversationContext: orders[0] as string, title: "Заказ 1041" }, [
    [as.anna, "Клиент просит доставить до обеда. Успеем?"],
    [as.boris, "Если оплата придёт сегодня, успеем."],
  ]);
  const service = await once(
    as.anna,
    { key: "КомандныйКанал", displayed: false, members: [standardUsers.allApplicationUsers] },
    [],
  );
  for (const connection of Object.values(as)) connection.close();
  return [stock, news, pair, order, service];
}

type Line = [author: Collaboration, text: string];

async function once(creator: Collaboration, fields: Parameters<Collaboration["createConversation"]>[0], lines: Line[]) {
  const conversation = await found(creator, fields);
  const { items } = await creator.getMessages({ conversation: conversation.id as string, count: 1 });
  if (items.length === 0)
    for (const [author, text] of lines) await author.createMessage(conversation.id as string, { text }).write();
  return { id: conversation.id as string, key: conversation.key, title: conversation.title };
}

async function found(creator: Collaboration, fields: Parameters<Collaboration["createConversation"]>[0]) {
  try {
    return await creator.createConversation(fields).write();
  } catch (error) {
    if (!isCollaborationError(error, "conflict")) throw error;
    if (fields?.key !== undefined) return creator.getConversation(fields.key);
    const known = await creator.getContextConversation(fields?.conversationContext ?? "");
    return creator.getConversation(known?.id ?? "");
  }
}
