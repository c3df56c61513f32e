import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { conversationObject } from "../../../durable-objects/stubs.ts";
import { everyMinute } from "../../../src/consumers/minute.ts";
import { limits } from "../../../src/protocol/limits.ts";
import { door } from "../../support/workers/door.ts";
import { alarm, kept, linkTo, sent, uploaded } from "../../support/workers/files.ts";
import { openStrangers, test } from "../../support/workers/world.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function pass(milliseconds: number): void {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(now + milliseconds);
}

test("ATT-3 MSG-20 deleting a message removes its files, and its links lead nowhere", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const other = await sent(anna, id);
  const message = await sent(anna, id);
  const link = await linkTo(boris, message);
  const { body } = await anna.delete(`/messages/${message.id}`);
  expect(body.attachments).toBeUndefined();
  await alarm(id);
  expect(await kept()).toEqual([`${world.id}/${id}/${other.attachments[0].id}`]);
  expect((await door(link)).status).toBe(404);
  const gone = await boris.get(`/messages/${message.id}/attachments/${message.attachments[0].id}/link`);
  expect(gone.body.code).toBe("not_found");
});

test("ATT-3 what a change takes away is removed, what it keeps stays", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const [one, two] = [await uploaded(anna, id), await uploaded(anna, id)];
  const message = await anna.say(id, "", { attachments: [one.id, two.id] });
  await anna.patch(`/messages/${message.id}`, { attachments: [two.id] });
  await alarm(id);
  expect(await kept()).toEqual([`${world.id}/${id}/${two.id}`]);
});

test("ATT-3 an upload that nobody posts is removed after a day, although the conversation slept", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const posted = await sent(anna, id);
  const upload = await uploaded(anna, id);
  await evictDurableObject(conversationObject(env, id));
  pass(limits.uploadHours * hourMs - 1_000);
  await alarm(id);
  expect(await kept()).toHaveLength(2);
  const token = await world.again(anna, {});
  pass(2_000);
  const late = await token.post(`/conversations/${id}/messages`, { attachments: [upload.id] });
  expect(late.body).toMatchObject({ code: "validation", field: "attachments.0" });
  await alarm(id);
  expect(await kept()).toEqual([`${world.id}/${id}/${posted.attachments[0].id}`]);
  expect(await alarm(id)).toBe(false);
});

test("R1 a storage that fails keeps no file alive: it is removed later, even after a crash", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const message = await sent(anna, id);
  await anna.delete(`/messages/${message.id}`);
  vi.spyOn(console, "warn").mockReturnValue();
  const failing = vi.spyOn(env.ATTACHMENTS, "delete").mockRejectedValue(new Error("the storage is away"));
  await alarm(id);
  expect(await kept()).toHaveLength(1);
  failing.mockRestore();
  await evictDurableObject(conversationObject(env, id));
  pass(61_000);
  await alarm(id);
  expect(await kept()).toEqual([]);
});

test("ATT-3 an upload whose storing failed leaves nothing that could be posted or found", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  vi.spyOn(env.ATTACHMENTS, "put").mockRejectedValueOnce(new Error("the storage is away"));
  vi.spyOn(console, "error").mockReturnValue();
  await expect(uploaded(anna, id)).rejects.toThrow("500");
  expect(await kept()).toEqual([]);
  pass(dayMs);
  await alarm(id);
  expect(await alarm(id)).toBe(false);
});

test("REG-22 with a cancelled application its files go, and no other's", async ({ world }) => {
  const strangers = await openStrangers();
  for (const { anna } of [world, strangers]) {
    const { id } = await anna.converse({});
    await sent(anna, id);
    await uploaded(anna, id);
  }
  await world.application.setInfoBaseRegistrationData(undefined);
  const later = Date.now() + (limits.erasureDays + 1) * dayMs;
  for (let minute = 0; minute < 6; minute++) await everyMinute(env, later + minute * 60_000);
  const keys = await kept();
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(key.startsWith(`${strangers.id}/`)).toBe(true);
});
