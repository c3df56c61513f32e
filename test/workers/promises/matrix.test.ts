import { expect } from "vitest";
import { type Answer, ask } from "../../support/matrix/ask.ts";
import { callersOf, type Known, known, type Refused, refused } from "../../support/matrix/callers.ts";
import { closedObjects, missingObjects, type Objects, openObjects } from "../../support/matrix/objects.ts";
import { requests } from "../../support/matrix/requests.ts";
import { answers } from "../../support/matrix/shapes.ts";
import { groups, type Row, rowsOf } from "../../support/matrix/table.ts";
import { fromOwnPage, signedIn } from "../../support/workers/browser.ts";
import { call } from "../../support/workers/door.ts";
import { shaped } from "../../support/workers/shapes.ts";
import { Caller, openStrangers, test, type World } from "../../support/workers/world.ts";

const slow = { timeout: 120_000 };

interface Scene {
  world: World;
  callers: Awaited<ReturnType<typeof callersOf>>;
  own: Objects;
  closed: Objects;
  foreign: Objects;
  missing: Objects;
}

async function open(world: World): Promise<Scene> {
  return {
    world,
    callers: await callersOf(world),
    own: await openObjects(world),
    closed: await closedObjects(world),
    foreign: await openObjects(await openStrangers()),
    missing: missingObjects(),
  };
}

/** One answer, which must be uncached, harmless and, when it is a success, of the promised shape. */
async function answerTo(scene: Scene, row: Row, who: Known | Refused, at: Objects): Promise<Answer> {
  if (row.operation === "removeMember")
    await scene.world.privileged.post(`/conversations/${scene.own.conversation}/members`, {
      users: [scene.own.member],
    });
  const request = await requests[row.name]?.(at, scene.own);
  if (!request) throw new Error(`Nobody knows how to ask for ${row.name}`);
  const isSocket = row.operation.startsWith("open");
  const answer = await ask(scene.callers[who], request, isSocket);
  if (answer.verdict === "101") return answer;
  expect(answer.headers.get("cache-control"), row.name).toBe("private, no-store");
  expect(answer.headers.get("x-content-type-options"), row.name).toBe("nosniff");
  expect(answer.headers.get("referrer-policy"), row.name).toBe("no-referrer");
  if (!answer.verdict.startsWith("2")) return answer;
  const shape = answers[row.operation];
  if (shape) shaped(shape, answer.body);
  else expect(answer.body, row.name).toBeUndefined();
  return answer;
}

/** Those who may end something go last, or nobody would be left to ask. */
const order = [...known].sort((a, b) => Number(a === "privileged") - Number(b === "privileged"));

async function verdicts(scene: Scene, row: Row, at: Objects): Promise<string[]> {
  const found = new Map<Known, string>();
  for (const who of order) found.set(who, (await answerTo(scene, row, who, at)).verdict);
  return known.map((who) => found.get(who) ?? "");
}

/** Foreign and missing objects: the table's verdict, and not a word of difference. */
async function checkElsewhere(scene: Scene, row: Row): Promise<void> {
  for (const [index, who] of known.entries()) {
    const foreign = await answerTo(scene, row, who, scene.foreign);
    const missing = await answerTo(scene, row, who, scene.missing);
    expect(foreign.verdict, `${row.name} as ${who}, elsewhere`).toBe(row.elsewhere?.[index]);
    expect([foreign.words, foreign.body], `${row.name} as ${who}`).toEqual([missing.words, missing.body]);
  }
}

/** What is closed to a caller of the same application is as if it were not there, too. */
async function checkClosed(scene: Scene, row: Row): Promise<void> {
  for (const [index, who] of known.entries()) {
    const closed = await answerTo(scene, row, who, scene.closed);
    expect(closed.verdict, `${row.name} as ${who}, closed`).toBe(row.closed?.[index]);
    if (who === "privileged" || closed.verdict !== row.elsewhere?.[index]) continue;
    expect(closed.words).toBe((await answerTo(scene, row, who, scene.missing)).words);
  }
}

async function checkRefused(scene: Scene, row: Row): Promise<void> {
  const places = row.elsewhere ? [scene.own, scene.foreign, scene.missing] : [scene.own];
  for (const [index, who] of (Object.keys(refused) as Refused[]).entries()) {
    const said = new Set<string>();
    for (const at of places) said.add((await answerTo(scene, row, who, at)).words);
    expect([...said].length, `${row.name} as ${who}`).toBe(1);
    expect([...said][0], `${row.name} as ${who}`).toContain(row.open?.[index] ?? refused[who]);
  }
}

test.for(groups)(
  "S1 S18 R5 every caller gets what the table says, uncached and in the promised shape; foreign is as missing: %s",
  slow,
  async (group, { world }) => {
    const scene = await open(world);
    for (const row of rowsOf(group)) {
      await checkRefused(scene, row);
      if (row.elsewhere) await checkElsewhere(scene, row);
      if (row.closed) await checkClosed(scene, row);
      expect(await verdicts(scene, row, scene.own), row.name).toEqual(row.own);
    }
  },
);

test("S1 REG-42 the session of a browser gets what its user's token gets", slow, async ({ world }) => {
  const scene = await open(world);
  const browser = await signedIn(scene.callers.user);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  scene.callers.user = new Caller("", { ...fromOwnPage, ...browser.naming(), cookie });
  const user = known.indexOf("user");
  for (const group of groups) {
    scene.own = await openObjects(world);
    // A session opens sockets with tickets, and makes no other session of itself.
    for (const row of rowsOf(group).filter(({ operation }) => !/^open|^createSessionCode$/.test(operation))) {
      expect((await answerTo(scene, row, "user", scene.own)).verdict, row.name).toBe(row.own[user]);
      if (!row.elsewhere) continue;
      expect((await answerTo(scene, row, "user", scene.foreign)).verdict, row.name).toBe(row.elsewhere[user]);
    }
  }
});

test("S1 every route of the document has its rows, and no row is of no route", async () => {
  const { paths } = (await call("GET", "/openapi.json")).body as Record<string, Record<string, object>>;
  const operations = Object.values(paths ?? {}).flatMap((methods) =>
    Object.values(methods).map((operation) => (operation as { operationId: string }).operationId),
  );
  const rows = groups.flatMap(rowsOf);
  expect([...new Set(rows.map(({ operation }) => operation))].sort()).toEqual([...operations].sort());
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(requests).sort());
});
