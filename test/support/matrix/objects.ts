import { newId } from "../../../src/protocol/ids.ts";
import type { World } from "../workers/world.ts";

/** What requests name. */
export interface Objects {
  conversation: string;
  key: string;
  context: string;
  /** Written by Борис. */
  message: string;
  user: string;
  infoBaseUser: string;
  name: string;
  /** A member whom nobody needs. */
  member: string;
  application: string;
  keyId: string;
}

let made = 0;

/** A user and what belongs to an application whoever asks. */
async function people(world: World) {
  const uuid = crypto.randomUUID();
  const extra = await world.person({ infoBaseUserId: uuid, name: `Участник ${++made}` });
  const { body } = await world.plain.get("/application");
  return {
    user: world.boris.id,
    infoBaseUser: uuid,
    name: extra.name,
    member: extra.id,
    application: world.id,
    keyId: body.keyIds[0],
  };
}

/** Objects of the application in which all three take part. */
export async function openObjects(world: World): Promise<Objects> {
  const some = await people(world);
  const [key, context] = [`ключ-${++made}`, `/orders/${made}`];
  const { anna, boris, vera, privileged } = world;
  const members = [anna.id, vera.id, some.member];
  const { id } = await boris.converse({ title: "Склад", key, members });
  await privileged.converse({ conversationContext: context });
  const message = await privileged.say(id, "Доброе утро", { author: boris.id });
  return { ...some, conversation: id, key, context, message: message.id };
}

/** The same, of people who are none of the callers. */
export async function closedObjects(world: World): Promise<Objects> {
  const some = await people(world);
  const key = `закрыто-${++made}`;
  const { id } = await world.privileged.converse({ title: "Дирекция", key, members: [some.member] });
  const message = await world.privileged.say(id, "Между нами", { author: some.member });
  return { ...some, conversation: id, key, context: `/secret/${made}`, message: message.id };
}

/** Names that look right and belong to nothing. */
export const missingObjects = (): Objects => {
  const id = newId();
  return {
    conversation: id,
    key: `нет-${++made}`,
    context: `/nothing/${made}`,
    message: `${id}.1`,
    user: newId(),
    infoBaseUser: crypto.randomUUID(),
    name: `Нет такого ${made}`,
    member: newId(),
    application: newId(),
    keyId: "A".repeat(43),
  };
};
