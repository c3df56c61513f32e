import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  Application,
  type Collaboration,
  CollaborationError,
  type ConversationFields,
  isCollaborationError,
  type RegistrationState,
  type RegistrationStore,
  standardUsers,
} from "beseda/server";
import { colleagues, type Employee, people } from "./people.ts";
import { type Line, type Person, type Talk, talks } from "./talks.ts";

const infoBaseName = "Ромашка";
const email = "anna@romashka.example";

export interface Demo {
  baseUrl: string;
  mailbox: string;
  openapi: string;
  application: { infoBaseName: string; [field: string]: unknown };
  /** `signIn` is an address that opens the site as this person, on this machine. */
  users: { id: string; infoBaseUserId: string; name: string; token: string; signIn: string }[];
  conversations: { id: string; key: string | undefined; title: string }[];
}

/** A registration kept in a file, as a small application would keep it. */
const fileStore = (file: string): RegistrationStore => ({
  load: async () => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as RegistrationState) : {}),
  save: async (state) => writeFileSync(file, JSON.stringify(state, null, 2), { mode: 0o600 }),
});

/** The demo application's own server part; its registration is kept in a folder. */
export const romashka = (folder: string): Application =>
  new Application(fileStore(join(folder, "registration.json")), { rights: ["registerSystem", "dataAdministration"] });

/**
 * Registers the demo application by the same way every application takes, mail included; creates its people and their
 * conversations once; and writes fresh tokens for scripts to `.local/demo.json`.
 */
export async function prepareDemo(origin: string, folder: string): Promise<Demo> {
  const store = fileStore(join(folder, "registration.json"));
  const application = romashka(folder);
  await register(application, store, origin);
  const privileged = application.connectPrivileged();
  const everybody = await privileged.createUsers([...people.map(userOf), ...colleagues]);
  const users = people.map((person, index) => ({ id: everybody[index]?.user.id ?? "", ...userOf(person) }));
  const conversations = await converse(
    application,
    privileged,
    everybody.map(({ user }) => user.id),
  );
  const tokens = await Promise.all(
    people.map((person) => application.mintUserToken({ ...person, seconds: 12 * 3600 })),
  );
  for (const token of tokens) await introduce(origin, token);
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
      signIn: `${origin}/local/sign-in?user=${id}`,
    })),
    conversations,
  };
  writeFileSync(join(folder, "demo.json"), JSON.stringify(demo, null, 2), { mode: 0o600 });
  privileged.close();
  return demo;
}

const userOf = ({ infoBaseUserId, name, fullName }: Employee) => ({ infoBaseUserId, name, fullName });

/** Lets somebody sign in to the site of a local server as long as the token is good. */
async function introduce(origin: string, token: string): Promise<void> {
  const { status } = await fetch(`${origin}/local/people`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
  // A server whose letters really leave offers no such thing.
  if (status !== 204 && status !== 404) throw new Error(`The local sign-in answered ${status}`);
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
  const parameters = {
    serverAddress: origin,
    email,
    infoBaseName,
    userCount: people.length,
    administrator: userOf(people[0] as Employee),
  };
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

/** Conversations of every kind, each with what was said in it. */
async function converse(
  application: Application,
  privileged: Collaboration,
  users: string[],
): Promise<Demo["conversations"]> {
  const [anna = "", boris = "", vera = "", gleb = "", darya = "", oleg = ""] = users;
  const ids: Record<Person, string> = { anna, boris, vera, gleb, darya, oleg };
  const made: Demo["conversations"] = [];
  for (const talk of talks) {
    const creator = application.connectAs(ids[talk.creator], { contexts: ["*"] });
    const conversation = await found(creator, fieldsOf(talk, ids));
    const { id = "", key, title } = conversation;
    const { items } = await creator.getMessages({ conversation: id, count: 1 });
    if (items.length === 0) for (const line of talk.lines) await say(privileged, id, line, ids);
    made.push({ id, key, title });
    creator.close();
  }
  return made;
}

function fieldsOf(talk: Talk, ids: Record<Person, string>): ConversationFields {
  const members = talk.isForEverybody
    ? [standardUsers.allApplicationUsers]
    : talk.members?.map((person) => ids[person]);
  return {
    ...(members && { members }),
    ...(talk.key !== undefined && { key: talk.key }),
    ...(talk.title !== undefined && { title: talk.title }),
    ...(talk.isOneToOne && { group: false }),
    ...(talk.isHidden && { displayed: false }),
    ...(talk.context !== undefined && { conversationContext: talk.context }),
  };
}

/** What was said on earlier days can only be written by the application itself. */
async function say(privileged: Collaboration, conversation: string, line: Line, ids: Record<Person, string>) {
  const date = new Date();
  const [hours = 0, minutes = 0] = line.at.split(":").map(Number);
  // Early in the morning nothing has been said yet: everything is a day older then.
  date.setDate(date.getDate() - line.ago - (date.getHours() < 9 ? 1 : 0));
  date.setHours(hours, minutes, 0, 0);
  await privileged
    .createMessage(conversation, {
      text: line.text,
      ...(line.isHtml && { textFormat: "text/html" }),
      ...(line.to && { recipients: line.to.map((person) => ids[person]) }),
      author: ids[line.author],
      date,
    })
    .write();
}

async function found(creator: Collaboration, fields: ConversationFields) {
  try {
    return await creator.createConversation(fields).write();
  } catch (error) {
    if (!isCollaborationError(error, "conflict")) throw error;
    if (fields.key !== undefined) return creator.getConversation(fields.key);
    const known = await creator.getContextConversation(fields.conversationContext ?? "");
    return creator.getConversation(known?.id ?? "");
  }
}
