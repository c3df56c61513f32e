import { expect, test } from "vitest";
import { prepareGround } from "../../../bench/ground.ts";
import { Server } from "../../support/node/server.ts";
import { Refused, Talker } from "../../support/node/talk.ts";

const burst = 5;

/** The problem that an action ended with. */
const problemOf = async (action: Promise<unknown>) => {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Refused ? error.problem : undefined;
};

test("S17 who posts too fast is told how long to wait, over both doors, and nobody else is slowed", async () => {
  const server = await new Server({ variables: { POSTS_PER_SECOND: "1", POSTS_BURST: String(burst) } }).start();
  try {
    const { users } = await prepareGround(server.origin, 2);
    const [anna, boris] = users.map(({ token }) => new Talker(server.origin, token)) as [Talker, Talker];
    const members = users.map(({ id }) => id);
    const { id } = await anna.request<{ id: string }>("POST", "/conversations", { members });
    const line = await anna.line(`/conversations/${id}/live`);
    const post = (text: string) => anna.request("POST", `/conversations/${id}/messages`, { text });
    const posted = await Promise.all(Array.from({ length: burst * 2 }, (_, i) => problemOf(post(`${i}`))));
    const refused = posted.filter((problem) => problem !== undefined);
    expect(refused.length).toBeGreaterThan(0);
    for (const problem of refused)
      expect(problem).toMatchObject({ status: 429, code: "limit_exceeded", retryAfterSeconds: 1 });
    const overSocket = await Promise.all(
      Array.from({ length: burst }, (_, i) => problemOf(line.ask({ type: "post", message: { text: `${i}` } }))),
    );
    expect(overSocket.at(-1)).toMatchObject({ status: 429, code: "limit_exceeded" });
    const { id: message } = await boris.request<{ id: string }>("POST", `/conversations/${id}/messages`, {
      text: "мне можно",
    });
    // Reactions are counted together with messages.
    const react = () => anna.request("PUT", `/messages/${message}/reactions/${encodeURIComponent("👍")}`);
    const reacted = await Promise.all(Array.from({ length: burst }, () => problemOf(react())));
    expect(reacted.at(-1)).toMatchObject({ status: 429, code: "limit_exceeded", retryAfterSeconds: 1 });
  } finally {
    await server.stop();
  }
});

test("S17 a caller with too many requests is turned away at the door, with Retry-After, and others are not", async () => {
  const server = await new Server({ limits: { CALLER_LIMIT: { limit: burst, period: 60 } } }).start();
  try {
    const { users } = await prepareGround(server.origin, 2);
    const ask = (user: number) =>
      fetch(`${server.origin}/api/v1/users/me`, { headers: { authorization: `Bearer ${users[user]?.token}` } });
    const answers = [];
    for (let i = 0; i <= burst; i++) answers.push(await ask(0));
    expect(answers.map(({ status }) => status)).toEqual([...Array(burst).fill(200), 429]);
    expect(Number(answers.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask(1)).status).toBe(200);
  } finally {
    await server.stop();
  }
});

test("S17 a user who searches too often hears for how long to wait, and others search on", async () => {
  const limits = { CALLER_LIMIT: { limit: 1_000, period: 60 }, SEARCH_LIMIT: { limit: burst, period: 60 } } as const;
  const server = await new Server({ limits }).start();
  try {
    const { users } = await prepareGround(server.origin, 2);
    const search = (user: number) =>
      fetch(`${server.origin}/api/v1/messages?text=a`, { headers: { authorization: `Bearer ${users[user]?.token}` } });
    const answers = [];
    for (let i = 0; i <= burst; i++) answers.push(await search(0));
    expect(answers.map(({ status }) => status)).toEqual([...Array(burst).fill(200), 429]);
    expect(Number(answers.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await search(1)).status).toBe(200);
  } finally {
    await server.stop();
  }
});
