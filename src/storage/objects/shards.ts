/** Which of `shards` an id belongs to: FNV-1a over its characters, even and stable for ever. */
export function shardOf(id: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash ^= id.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % shards;
}

/** Name of the object that holds one shard of an application. */
export const shardName = (application: string, shard: number): string => `${application}:${shard}`;

/** Things gathered by the shard of the id that stands for each; ids stand for themselves. */
export function byShard<Thing>(
  things: Iterable<Thing>,
  shards: number,
  idOf: (thing: Thing) => string = String,
): Map<number, Thing[]> {
  const groups = new Map<number, Thing[]>();
  for (const thing of things) {
    const shard = shardOf(idOf(thing), shards);
    const group = groups.get(shard);
    if (group) group.push(thing);
    else groups.set(shard, [thing]);
  }
  return groups;
}

/** A set of shards as bits, kept as a decimal string because up to 64 of them do not fit a number. */
export const addShards = (bits: string, shards: Iterable<number>): string => {
  let set = BigInt(bits);
  for (const shard of shards) set |= 1n << BigInt(shard);
  return set.toString();
};

export function shardsIn(bits: string, shards: number): number[] {
  const set = BigInt(bits);
  return Array.from({ length: shards }, (_, shard) => shard).filter((shard) => (set >> BigInt(shard)) & 1n);
}
