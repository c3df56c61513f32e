import { connectSession, sessionOf, signIn, signOut } from "beseda/client";
import { afterEach, expect, vi } from "vitest";
import { sessionHeader } from "../../../src/protocol/wire.ts";
import { test } from "../../support/node/test.ts";
import type { Person, World } from "../../support/node/world.ts";

afterEach(() => void vi.unstubAllGlobals());

/** Makes this program a page of the server: it has an origin, a jar of cookies, and no token. */
function bePage(origin: string) {
  const cookies = new Map<string, string>();
  const sent: { url: string; headers: Headers }[] = [];
  const protocols: string[] = [];
  const real = globalThis.fetch;
  vi.stubGlobal("location", { origin });
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit) => {
    const headers = new Headers(init.headers);
    headers.set("origin", origin);
    headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    sent.push({ url: String(url), headers });
    const answer = await real(url, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return answer;
  });
  const RealSocket = globalThis.WebSocket;
  class WatchedSocket extends RealSocket {
    constructor(url: string, wanted: string[]) {
      super(url, wanted);
      sent.push({ url, headers: new Headers() });
      protocols.push(...wanted.slice(1));
    }
  }
  vi.stubGlobal("WebSocket", WatchedSocket);
  return { cookies, sent, protocols };
}

const invite = ({ application }: World, { infoBaseUserId, name }: Person) =>
  application.createSessionCode({ infoBaseUserId, name });

test("REG-42 a page signs in by the code of its address, and speaks and listens without a token", async ({ world }) => {
  const { boris, anna } = world;
  const { address, code } = await invite(world, boris);
  expect(address).toMatch(new RegExp(`^${world.origin}/#code=[\\w-]{43}&application=[0-9a-z]{26}$`));
  const page = bePage(world.origin);
  const session = await signIn(code);
  expect(session.user).toBe(boris.id);
  expect(await sessionOf(session.application)).toEqual(session);
  const beseda = world.keep(connectSession(session));
  expect((await beseda.getUser("me")).id).toBe(boris.id);
  const room = await beseda.createConversation({ title: "Склад", members: [anna.id] }).write();
  const told = Promise.withResolvers<string>();
  await beseda.subscribe(room.id ?? "", {
    event: (event) => event.type === "message" && told.resolve(event.message.text),
  });
  await anna.beseda.createMessage(room.id ?? "", { text: "Слышно?" }).write();
  expect(await told.promise).toBe("Слышно?");
  expect(page.protocols.every((protocol) => protocol.startsWith("ticket."))).toBe(true);
  const mine = page.sent.filter(({ headers }) => headers.has(sessionHeader));
  expect(mine.length).toBeGreaterThan(2);
  expect(mine.some(({ headers }) => headers.has("authorization"))).toBe(false);
  const secrets = [code, ...page.cookies.values(), ...page.protocols.map((protocol) => protocol.slice(7))];
  for (const { url } of page.sent) for (const secret of secrets) expect(url).not.toContain(secret);
});

test("REG-42 signing out ends what is live, and the page hears why", async ({ world }) => {
  bePage(world.origin);
  const session = await signIn((await invite(world, world.boris)).code);
  const beseda = world.keep(connectSession(session, { onError: () => undefined }));
  const ended = new Promise<string>((resolve) => {
    void beseda.openInbox({
      ended: ({ error }) => resolve(error.code),
      connected: () => void signOut(session.application),
    });
  });
  expect(await ended).toBe("unauthenticated");
  await expect(beseda.getUser("me")).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(sessionOf(session.application)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("REG-42 a code that was used is refused in words that the page can show", async ({ world }) => {
  bePage(world.origin);
  const { code } = await invite(world, world.boris);
  await signIn(code);
  await expect(signIn(code)).rejects.toMatchObject({
    code: "unauthenticated",
    nextStep: expect.stringContaining("again"),
  });
});
