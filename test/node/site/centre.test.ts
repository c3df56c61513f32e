import { expect, test } from "vitest";
import type { Notification } from "../../../src/sdk/client/index.ts";
import { SessionCredentials } from "../../../src/sdk/client/session.ts";
import { NotificationCentre } from "../../../web/site/notifications/centre.ts";

const entry = (conversationId: string, lastM: number) =>
  ({ conversationId, displayed: true, count: 1, firstM: lastM, lastM, date: "2026" }) as Notification;

test("an answer that was under way while something was read brings none of it back", async () => {
  let answer: (page: { items: Notification[] }) => void = () => undefined;
  const source = { getCurrentUserNotifications: () => new Promise((resolve) => (answer = resolve)) };
  const centre = new NotificationCentre(source as never, "anna");
  const loaded = centre.load();
  centre.read("stock", 3);
  answer({ items: [entry("stock", 3), entry("till", 1)] });
  await loaded;
  expect(centre.entries.map(({ conversationId }) => conversationId)).toEqual(["till"]);
});

test("a session that has run out by the clock of this machine alone is not asked for without a pause", () => {
  const renewalMs = (expires: number) =>
    new SessionCredentials({ application: "a", user: "u", expires: new Date(expires).toISOString() }).renewalMs;
  expect(renewalMs(Date.now() - 3_600_000)).toBe(60_000);
  expect(renewalMs(Date.now() + 3_600_000)).toBeGreaterThan(3_500_000);
});
