import { newId } from "../../../src/protocol/ids.ts";
import { uploaded } from "../workers/files.ts";
import type { World } from "../workers/world.ts";

/** What requests name. */
export interface Objects {
  conversation: string;
  key: string;
  context: string;
  /** Written by Борис, with a file. */
  message: string;
  attachment: string;
  /** A file of his that waits. */
  upload: string;
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
  const [attachment, upload] = [(await uploaded(boris, id)).id, (await uploaded(boris, id)).id];
  const message = await boris.say(id, "Доброе утро", { attachments: [attachment] });
  return { ...some, conversation: id, key, context, message: message.id, attachment, upload };
}

/** The same, of people who are none of the callers. */
export async function closedObjects(world: World): Promise<Objects> {
  const some = await people(world);
  const key = `закрыто-${++made}`;
  const { privileged } = world;
  const { id } = await privileged.converse({ title: "Дирекция", key, members: [some.member] });
  const [attachment, upload] = [(await uploaded(privileged, id)).id, (await uploaded(privileged, id)).id];
  const message = await privileged.say(id, "Между нами", { author: some.member, attachments: [attachment] });
  return { ...some, conversation: id, key, context: `/secret/${made}`, message: message.id, attachment, upload };
}

/** Names that look right and belong to nothing. */
export const missingObjects = (): Objects => {
  const id = newId();
  return {
    conversation: id,
    key: `нет-${++made}`,
    context: `/nothing/${made}`,
    message: `${id}.1`,
    attachment: newId(),
    upload: newId(),
    user: newId(),
    infoBaseUser: crypto.randomUUID(),
    name: `Нет такого ${made}`,
    member: newId(),
    application: newId(),
    keyId: "A".repeat(43),
  };
};
