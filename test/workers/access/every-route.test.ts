import { expect } from "vitest";
import { subprotocol } from "../../../src/protocol/wire.ts";
import { call, door, origin } from "../../support/workers/door.ts";
import { classes, forged } from "../../support/workers/hostile.ts";
import { test } from "../../support/workers/world.ts";

interface Operation {
  id: string;
  method: string;
  path: string;
  isOpen: boolean;
  isSocket: boolean;
}

interface Document {
  paths: Record<string, Record<string, { operationId: string; security?: unknown[]; responses: object }>>;
}

/** Every operation that the server offers, as its document tells. */
async function operations(): Promise<Operation[]> {
  const { paths } = (await call("GET", "/api/v1/openapi.json")).body as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId: id, security, responses }]) => ({
      id,
      method: method.toUpperCase(),
      path: path.replace(/\{[^}]+\}/g, "0123456789abcdefghjkmnpqrs"),
      isOpen: security?.length === 0,
      isSocket: "101" in responses,
    })),
  );
}

/** What an operation says to a token: the code of the problem, or the status of something else. */
async function answerTo({ method, path, isSocket }: Operation, token: string | undefined): Promise<string | number> {
  const upgrade = {
    upgrade: "websocket",
    "sec-websocket-protocol": token ? `${subprotocol}, bearer.${token}` : subprotocol,
  };
  const answer = await door(`${origin}/api/v1${path}`, {
    method,
    headers: isSocket
      ? upgrade
      : { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(method !== "GET" && { body: "{}" }),
  });
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
  return code ?? answer.status;
}

/** Operations that do not give the expected answer. */
async function exceptions(token: string | undefined, expected: string): Promise<string[]> {
  const closed = (await operations()).filter(({ isOpen }) => !isOpen);
  expect(closed.length).toBeGreaterThan(40);
  const answers = await Promise.all(
    closed.map(async (operation) => [operation.id, await answerTo(operation, token)] as const),
  );
  return answers.filter(([, answer]) => answer !== expected).map(([id, answer]) => `${id}: ${answer}`);
}

test("REG-4 only these operations are open to everybody", async () => {
  const open = (await operations()).filter(({ isOpen }) => isOpen).map(({ id }) => id);
  expect(open.sort()).toEqual([
    "activateRegistration",
    "getRegistration",
    "getServer",
    "getServerKeys",
    "requestRegistration",
  ]);
});

test.for(Object.entries(classes))(
  "REG-4 every route refuses a token that is not good: %s",
  async ([name, make], { world }) => {
    const token = await make(world);
    expect(await exceptions(token, "unauthenticated")).toEqual([]);
    const { body } = await call("GET", "/registration", token);
    // Open to everybody, but not to a token that is not what it claims to be.
    if (name !== "no token") expect(body.code).toBe("unauthenticated");
  },
);

test("REG-5 every route tells an unknown application that it is not registered", async ({ world }) => {
  const token = await forged(world, { claims: { iss: "0123456789abcdefghjkmnpqrs" } });
  expect(await exceptions(token, "not_registered")).toEqual([]);
});

test.for(["unregisterInfoBase", "setInfoBaseRegistrationData"] as const)(
  "REG-5 every route answers not_registered once the registration is over: %s",
  async (end, { world }) => {
    const tokens = [world.anna.token, world.plain.token, world.privileged.token];
    await world.application[end](undefined);
    for (const token of tokens) expect(await exceptions(token, "not_registered")).toEqual([]);
  },
);

test("REG-4 a good token is refused by no route for its own sake", async ({ world }) => {
  const closed = (await operations()).filter(({ isOpen, id }) => !isOpen && id !== "openInbox");
  const token = await forged(world, { claims: { scopes: ["dataAdministration", "code"] } });
  const answers = await Promise.all(closed.map((operation) => answerTo(operation, token)));
  expect(answers.filter((answer) => answer === "unauthenticated" || answer === "internal" || answer === 500)).toEqual(
    [],
  );
});
