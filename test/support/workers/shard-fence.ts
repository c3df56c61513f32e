import { env } from "cloudflare:workers";
import { configOf } from "../../../src/storage/config.ts";
import { shardOf } from "../../../src/storage/objects/shards.ts";
import type { Line } from "./line.ts";
import type { Person, World } from "./world.ts";

/**
 * Somebody of the same inbox shard, listening: once this one has heard of a message, the shard has done with it, jobs
 * included.
 */
export async function neighbourOf(world: World, person: Person): Promise<{ neighbour: Person; line: Line }> {
  const shards = configOf(env).shards;
  const crowd = await world.crowd(200);
  const neighbour = crowd.find(({ id }) => shardOf(id, shards) === shardOf(person.id, shards));
  if (!neighbour) throw new Error("Nobody of two hundred is in this shard");
  return { neighbour, line: await neighbour.inbox() };
}
