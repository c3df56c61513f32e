import { expect } from "vitest";
import { ClientFrame } from "../../../src/protocol/live.ts";
import { ping } from "../../../src/protocol/wire.ts";
import { callersOf } from "../../support/matrix/callers.ts";
import { closedObjects, missingObjects, type Objects, openObjects } from "../../support/matrix/objects.ts";
import type { Line } from "../../support/workers/line.ts";
import { type Caller, openStrangers, test } from "../../support/workers/world.ts";

/** Callers who can have a conversation open; an inbox is open to the four that speak for a user. */
const speakers = ["privileged", "acting", "user", "administrator", "data"] as const;

/** A marker only moves up, so each reading is of one message more. */
let read = 0;

type Make = (at: Objects, home: Objects) => unknown;
const frames: Record<string, Make> = {
  post: () => ({ type: "post", request: "1", message: { text: "Добрый день" } }),
  "post@author": ({ member }) => ({ type: "post", request: "1", message: { text: "От имени", author: member } }),
  "post@recipients": ({ member }) => ({ type: "post", request: "1", message: { text: "Вам", recipients: [member] } }),
  edit: ({ message }) => ({ type: "edit", request: "1", id: message, changes: { text: "Изменено" } }),
  "edit@recipients": ({ member }, { message }) => ({
    type: "edit",
    request: "1",
    id: message,
    changes: { recipients: [member] },
  }),
  delete: ({ message }) => ({ type: "delete", request: "1", id: message }),
  typing: () => ({ type: "typing" }),
  reading: () => ({ type: "reading", m: 1 }),
  read: ({ conversation }) => ({ type: "read", conversationId: conversation, m: ++read }),
  acknowledge: () => ({ type: "acknowledge", received: 1 }),
  ping: () => ping,
};

/**
 * What comes back to each speaker: about an own object, about one of the same application without access, and about a
 * foreign or missing one. `answer`, another frame's type, `-` for silence, or the code of a problem.
 */
const onConversation = `
  post            | unauthenticated answer answer answer answer |
  post@author     | answer forbidden forbidden forbidden forbidden | not_found not_found not_found not_found not_found
  post@recipients | unauthenticated answer answer answer answer | not_found not_found not_found not_found not_found
  edit            | answer answer answer forbidden forbidden | not_found not_found not_found not_found not_found
  edit@recipients | answer answer answer forbidden forbidden | not_found not_found not_found not_found not_found
  delete          | answer answer answer forbidden forbidden | not_found not_found not_found not_found not_found
  read            | not_supported not_supported not_supported not_supported not_supported |
  typing          | - - - - - |
  reading         | - - - - - |
  acknowledge     | - - - - - |
  ping            | pong pong pong pong pong |
`;
const onInbox = `
  post            | not_supported not_supported not_supported not_supported |
  post@author     | not_supported not_supported not_supported not_supported |
  post@recipients | not_supported not_supported not_supported not_supported |
  edit            | not_supported not_supported not_supported not_supported | not_supported not_supported not_supported not_supported
  edit@recipients | not_supported not_supported not_supported not_supported |
  delete          | not_supported not_supported not_supported not_supported | not_supported not_supported not_supported not_supported
  read            | read read read read | - - - -
  typing          | not_supported not_supported not_supported not_supported |
  reading         | not_supported not_supported not_supported not_supported |
  acknowledge     | - - - - |
  ping            | pong pong pong pong |
`;

const rowsOf = (table: string) =>
  table
    .split("\n")
    .filter((line) => line.includes("|"))
    .map((line) => {
      const [name = "", own = "", elsewhere = ""] = line.split("|").map((part) => part.trim());
      return { name, own: own.split(/\s+/), elsewhere: elsewhere === "" ? undefined : elsewhere.split(/\s+/) };
    });

/** The next frame that answers, as a word and in full. */
async function answerOn(line: Line): Promise<{ word: string; words: string }> {
  for (;;) {
    const answer = await line.next();
    if (answer.type === "events" || answer.type === "activity") continue;
    if (answer.type !== "problem") return { word: answer.type, words: answer.type };
    const { code, detail } = answer.problem;
    return { word: code, words: `${code}: ${detail}` };
  }
}

/**
 * What comes back when silence is expected. Frames of no type, which are always refused, show that nothing comes: one
 * after another request has gone through the whole server, so that messages which wait for company had their turn.
 */
async function silenceAfter(caller: Caller, line: Line): Promise<{ word: string; words: string }> {
  for (let round = 0; round < 3; round++) {
    await caller.get("/registration");
    line.send({ type: "nothing" });
    const answer = await answerOn(line);
    if (answer.word !== "validation") return answer;
  }
  return { word: "-", words: "" };
}

test("S1 every frame type stands in both tables", () => {
  const types = [...ClientFrame.options.map(({ entries }) => entries.type.literal), "ping"].sort();
  for (const table of [onConversation, onInbox])
    expect([...new Set(rowsOf(table).map(({ name }) => name.split("@")[0]))].sort()).toEqual(types);
});

test.for([
  { place: "a conversation", table: onConversation, who: speakers },
  { place: "an inbox", table: onInbox, who: speakers.slice(1) },
])(
  "S1 every speaker gets what the table says on the socket of $place; foreign is as missing",
  { timeout: 60_000 },
  async ({ table, place, who }, { world }) => {
    const callers = await callersOf(world);
    const own = await openObjects(world);
    const others = [await closedObjects(world), await openObjects(await openStrangers()), missingObjects()];
    // A user of the own application is no foreign object, whoever's conversation it sits in.
    const about = (name: string) => (name.includes("@") ? others.slice(1) : others);
    for (const [index, name] of who.entries()) {
      const caller = callers[name];
      for (const row of rowsOf(table)) {
        // A line for each, so that refused frames do not add up.
        const line = await (place === "an inbox" ? caller.inbox() : caller.live(own.conversation));
        await line.next(place === "an inbox" ? "welcome" : "caughtUp");
        const make = frames[row.name] as Make;
        const said = new Set<string>();
        for (const at of row.elsewhere ? about(row.name) : []) {
          line.send(make(at, own));
          const expected = row.elsewhere?.[index];
          const { word, words } = await (expected === "-" ? silenceAfter(caller, line) : answerOn(line));
          expect(word, `${row.name} as ${name}`).toBe(expected);
          said.add(words);
        }
        expect(said.size, [...said].join(" / ")).toBeLessThanOrEqual(1);
        if (row.name === "read") await world.privileged.say(own.conversation, "ещё", { author: world.vera.id });
        line.send(make(own, own));
        const { word } = await (row.own[index] === "-" ? silenceAfter(caller, line) : answerOn(line));
        expect(word, `${row.name} as ${name}`).toBe(row.own[index]);
        line.close();
      }
      own.message = (await world.privileged.say(own.conversation, "Доброе утро", { author: world.boris.id })).id;
    }
  },
);
