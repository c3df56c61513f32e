import { newId } from "../../../src/protocol/ids.ts";
import { forged } from "../workers/hostile.ts";
import { Caller, type World } from "../workers/world.ts";

/** Callers with a credential that is good, in the order of the table's columns. */
export const known = ["plain", "privileged", "acting", "user", "administrator", "data"] as const;
export type Known = (typeof known)[number];

/** Callers that get the same answer everywhere. */
export const refused = {
  none: "401 unauthenticated",
  unregistered: "409 not_registered",
  blocked: "403 user_blocked",
} as const;
export type Refused = keyof typeof refused;

/** Every kind of caller that exists, of one application. Борис is the user; Анна administers; Вера may see all data. */
export async function callersOf(world: World): Promise<Record<Known | Refused, Caller>> {
  const { anna, boris, vera, plain, privileged } = world;
  const galina = await world.person({ infoBaseUserId: crypto.randomUUID(), name: "Галина" });
  await privileged.patch(`/users/${galina.id}`, { isLocked: true });
  return {
    none: new Caller(""),
    unregistered: new Caller(await forged(world, { claims: { iss: newId() } })),
    blocked: galina,
    plain,
    privileged,
    acting: await world.as(boris.id, { contexts: ["*"] }),
    user: await world.again(boris, { contexts: ["*"] }),
    administrator: await world.again(anna, { contexts: ["*"] }),
    data: await world.again(vera, { contexts: ["*"], scopes: ["dataAdministration"] }),
  };
}
