import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { closeCodes, sessionCookie, subprotocol } from "../../../src/protocol/wire.ts";
import { type Browser, knock, knockWith, signedIn } from "../../support/workers/browser.ts";
import { Line } from "../../support/workers/line.ts";
import { pass } from "../../support/workers/registering.ts";
import { test } from "../../support/workers/world.ts";

const opened = (answer: Line | string): Line => {
  if (answer instanceof Line) return answer;
  throw new Error(`The socket was refused: ${answer}`);
};

/** A socket of the session's user. */
const open = async (browser: Browser, path: string): Promise<Line> =>
  opened(await knockWith(path, await browser.ticket()));

test("REG-41 a ticket opens a conversation and the inbox in the name of the session's user", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const room = await world.anna.converse({ title: "Склад", members: [world.boris.id] });
  const [line, inbox] = [await open(browser, `/conversations/${room.id}/live`), await open(browser, "/live")];
  expect((await line.next("hello")).conversation.id).toBe(room.id);
  await inbox.next("welcome");
  await world.anna.say(room.id, "Слышно?");
  expect((await line.event("message")).message.text).toBe("Слышно?");
  expect((await inbox.next("activity")).activity.conversationId).toBe(room.id);
});

test("REG-41 S5 a ticket opens one socket, whoever is first of ten at the same moment", async ({ world }) => {
  const ticket = await (await signedIn(world.boris)).ticket();
  const answers = await Promise.all(Array.from({ length: 10 }, () => knockWith("/live", ticket)));
  expect(answers.filter((answer) => answer instanceof Line)).toHaveLength(1);
  expect(answers.filter((answer) => answer === "unauthenticated")).toHaveLength(9);
});

test("REG-41 a ticket runs out after half a minute", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const [early, late] = [await browser.ticket(), await browser.ticket()];
  pass(limits.ticketSeconds - 1);
  opened(await knockWith("/live", early));
  pass(2);
  expect(await knockWith("/live", late)).toBe("unauthenticated");
});

test("REG-41 no cookie opens a socket, whatever the request says besides", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const cookie = `${sessionCookie(world.id)}=${browser.cookies.get(sessionCookie(world.id))}`;
  expect(await knock("/live", { cookie })).toBe("unauthenticated");
  const own = { origin: "https://beseda.test", "sec-fetch-site": "same-origin" };
  expect(await knock("/live", { cookie, ...own, ...browser.naming() })).toBe("unauthenticated");
});

test("REG-41 S8 a ticket in an address, or in the place of a token, opens nothing", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const ticket = await browser.ticket();
  expect(typeof (await knock(`/live?ticket=${ticket}`, {}))).toBe("string");
  expect(await knock("/live", { authorization: `Bearer ${ticket}` })).toBe("unauthenticated");
  const protocols = { "sec-websocket-protocol": `${subprotocol}, ticket.${ticket}` };
  expect((await browser.ask("GET", "/api/v1/users/me", undefined, protocols)).body.code).toBe("unauthenticated");
  // It was not used up by any of that.
  opened(await knockWith("/live", ticket));
});

test("REG-41 tokens get tickets too, and only users do", async ({ world }) => {
  const { body } = await world.boris.post("/tickets");
  opened(await knockWith("/live", body.ticket));
  for (const caller of [world.plain, world.privileged])
    expect((await caller.post("/tickets")).body.code).toBe("forbidden");
});

test("REG-42 a code opens no socket, and a ticket signs nobody in", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const { body } = await world.boris.post("/session-codes");
  expect(await knockWith("/live", body.code)).toBe("unauthenticated");
  expect((await browser.signIn(await browser.ticket())).body.code).toBe("unauthenticated");
});

test("REG-41 the socket of a session ends with it", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const room = await world.anna.converse({ title: "Склад", members: [world.boris.id] });
  const line = await open(browser, `/conversations/${room.id}/live`);
  await line.next("hello");
  pass(Math.ceil((Date.parse(browser.session?.expires ?? "") - Date.now()) / 1000) + 1);
  const anna = await world.again(world.anna, {});
  await anna.say(room.id, "После конца");
  expect((await line.end()).code).toBe(closeCodes.tokenExpired.code);
  expect(line.events).toEqual([]);
});

test("REG-42 S10 signing out closes the session's sockets before it answers, and nothing of it opens another", async ({
  world,
}) => {
  const browser = await signedIn(world.boris);
  const room = await world.anna.converse({ title: "Склад", members: [world.boris.id] });
  const lines = [await open(browser, `/conversations/${room.id}/live`), await open(browser, "/live")];
  const left = await browser.ticket();
  const cookies = new Map(browser.cookies);
  const { status, headers } = await browser.signOut();
  expect(status).toBe(204);
  expect(headers.getSetCookie()[0]).toMatch(/^__Host-beseda-\w+=; Max-Age=0; Path=\/; Secure/);
  for (const line of lines) expect((await line.end()).code).toBe(closeCodes.credentialsChanged.code);
  for (const [name, value] of cookies) browser.cookies.set(name, value);
  expect((await browser.call("GET", "/users/me")).body.code).toBe("unauthenticated");
  expect((await browser.call("POST", "/tickets")).body.code).toBe("unauthenticated");
  expect(await knockWith("/live", left)).toBe("unauthenticated");
});

test("REG-42 signing out leaves the user's other sessions and tokens good: their sockets may come back", async ({
  world,
}) => {
  const [here, there] = [await signedIn(world.boris), await signedIn(world.boris)];
  const [other, byToken, anna] = [await open(there, "/live"), await world.boris.inbox(), await world.anna.inbox()];
  await here.signOut();
  for (const line of [other, byToken]) expect((await line.end()).code).toBe(closeCodes.credentialsChanged.code);
  await (await open(there, "/live")).next("welcome");
  await (await world.boris.inbox()).next("welcome");
  expect(anna.closed).toBeUndefined();
});

test("REG-42 a block closes the sockets of a session for good", async ({ world }) => {
  const browser = await signedIn(world.boris);
  const line = await open(browser, "/live");
  const left = await browser.ticket();
  await world.privileged.patch(`/users/${world.boris.id}`, { isLocked: true });
  expect((await line.end()).code).toBe(closeCodes.blocked.code);
  expect(await knockWith("/live", left)).toBe("user_blocked");
});
