import { shardName, shardOf } from "../src/storage/objects/shards.ts";

/** Where an application's objects are. Nobody else turns an id into an object. */
interface Place {
  application: string;
  shards: number;
}

export const conversationObject = (env: Env, id: string) => env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(id));

export const inboxShard = (env: Env, application: string, shard: number) =>
  env.INBOXES.get(env.INBOXES.idFromName(shardName(application, shard)));

/** The inbox shard that a user belongs to. */
export const inboxOf = (env: Env, { application, shards }: Place, user: string) =>
  inboxShard(env, application, shardOf(user, shards));

export const activityShard = (env: Env, application: string, shard: number) =>
  env.ACTIVITIES.get(env.ACTIVITIES.idFromName(shardName(application, shard)));

/** The activity shard that a conversation belongs to. */
export const activityOf = (env: Env, { application, shards }: Place, conversation: string) =>
  activityShard(env, application, shardOf(conversation, shards));
