import { type Collaboration, everyItem, type InfoBaseUser } from "beseda/server";
import { runIfMain } from "./demo.ts";

/** Users in one call. */
const batchSize = 200;

/**
 * Illustrates a synchronisation of an application's own: right after registration every application user gets a user in
 * Beseda, those who never signed in included; later runs add who is new and block who has left. It demonstrates a feature
 * and is not a finished tool.
 * @param server in privileged mode
 * @returns how many were created and blocked
 */
export async function synchroniseUsers(
  server: Collaboration,
  people: InfoBaseUser[],
): Promise<{ created: number; blocked: number }> {
  let created = 0;
  for (let first = 0; first < people.length; first += batchSize) {
    const results = await server.createUsers(people.slice(first, first + batchSize));
    created += results.filter((result) => result.created).length;
  }
  const employed = new Set(people.map(({ infoBaseUserId }) => infoBaseUserId.toLowerCase()));
  let blocked = 0;
  for await (const user of everyItem((cursor) => server.getUsers({ cursor, isLocked: false }))) {
    if (user.infoBaseUserId === undefined || employed.has(user.infoBaseUserId)) continue;
    await server.updateUser(user.id, { isLocked: true });
    blocked++;
  }
  return { created, blocked };
}

await runIfMain(import.meta.filename, async (demo) => {
  const server = demo.privileged();
  // The demo plays an application with its three people and one more, who has never signed in.
  const known = (await server.getUsers({ isLocked: false })).items;
  const people = known.map(({ infoBaseUserId = "", name, fullName }) => ({ infoBaseUserId, name, fullName }));
  const newcomer = { infoBaseUserId: "9a1e0000-0000-4000-8000-000000000004", name: "Галина" };
  const { created, blocked } = await synchroniseUsers(server, [...people, newcomer]);
  console.log(`Created: ${created}, blocked: ${blocked}.`);
});
