import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { conversationObject, inboxOf } from "../../../durable-objects/stubs.ts";
import { toldUpTo } from "../../support/workers/inbox.ts";
import { keepJobs } from "../../support/workers/jobs.ts";
import { Device, pushService } from "../../support/workers/push-device.ts";
import { neighbourOf } from "../../support/workers/shard-fence.ts";
import { test } from "../../support/workers/world.ts";

/** Counts, by the platform's own figures, what an object writes and reads from now on. */
async function meter(stub: DurableObjectStub) {
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  await runInDurableObject(stub, (_, { storage: { sql } }) => {
    const exec = sql.exec.bind(sql);
    Object.defineProperty(sql, "exec", {
      value: (query: string, ...bindings: unknown[]) => {
        const cursor = exec(query, ...bindings);
        cursors.push(cursor as never);
        return cursor;
      },
    });
  });
  return () => {
    const all = cursors.splice(0);
    return {
      written: all.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0),
      read: all.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
    };
  };
}

test("NTF-1 a message to people without devices costs no job and no row; with devices one job and no row", async ({
  world,
}) => {
  const { anna, boris } = world;
  const { neighbour, line } = await neighbourOf(world, boris);
  keepJobs();
  pushService();
  const jobs = vi.mocked(env.JOBS.send).mock.calls;
  const room = await anna.converse({ title: "Склад", members: [boris.id, neighbour.id] });
  const inbox = await meter(inboxOf(env, { application: world.id, shards: 16 }, boris.id) as never);
  const conversation = await meter(conversationObject(env, room.id) as never);
  const say = async (text: string) => {
    [inbox, conversation].forEach((read) => void read());
    const { m } = await anna.say(room.id, text);
    await toldUpTo(line, room.id, m);
    return inbox();
  };
  await say("первое: кто с устройством, читается однажды");
  expect(await say("без устройств")).toMatchObject({ written: 0 });
  expect(jobs.length).toBe(0);
  await Device.of(boris);
  const told = await say("с устройством");
  expect([told.written, jobs.length]).toEqual([0, 1]);
  // The audience, two standings, do not disturb, the membership.
  expect(told.read).toBeLessThanOrEqual(6);
});
