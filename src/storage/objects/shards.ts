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

/** Ids gathered by their shard. */
export function byShard(ids: Iterable<string>, shards: number): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const id of ids) {
    const shard = shardOf(id, shards);
    const group = groups.get(shard);
    if (group) group.push(id);
    else groups.set(shard, [id]);
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
