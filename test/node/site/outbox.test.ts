import { expect } from "vitest";
import { Drafts } from "../../../web/site/conversation/drafts.ts";
import { Outbox } from "../../../web/site/conversation/outbox.ts";
import { Kept } from "../../../web/site/shell/kept.ts";
import { test } from "../../support/node/test.ts";

/** A browser's storage, as far as the site uses it. */
function storage() {
  const values = new Map<string, string>();
  return {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
    key: (index: number) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
}

test("SUB-33 SUB-34 SUB-35 the message line tells the handlers of its own client, and of no other", async ({
  world,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const [here, there] = [world.anna.open(), world.anna.open()];
  const heard: unknown[] = [];
  for (const [name, client] of Object.entries({ here, there }))
    client.attachAfterSendMessageHandler(
      (message, conversation, parameters) => heard.push([name, message.text, conversation.id, parameters]),
      { place: "касса" },
    );
  const outbox = new Outbox(here, new Kept("anna", storage()));
  await outbox.send({ conversation: id, text: "первое" });
  await outbox.send({ conversation: id, text: "второе" });
  expect(heard).toEqual([
    ["here", "первое", id, { place: "касса" }],
    ["here", "второе", id, { place: "касса" }],
  ]);
});

test("SUB-36 messages of code do not run the handlers of the message line", async ({ world }) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const heard: string[] = [];
  world.anna.beseda.attachAfterSendMessageHandler(({ text }) => heard.push(text));
  await world.anna.beseda.createMessage(id, { text: "ответ робота" }).write();
  await new Outbox(world.anna.beseda, new Kept("anna", storage())).send({ conversation: id, text: "вопрос" });
  expect(heard).toEqual(["вопрос"]);
});

test("a message that could not be sent is kept, goes in order after a reload, and is posted once", async ({
  world,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const place = storage();
  let isDown = true;
  // The server stores the message, and its answer is lost: the hardest case.
  const losing: typeof fetch = async (address, init) => {
    const answer = await fetch(address, init);
    if (isDown && init?.method === "POST") throw new TypeError("lost");
    return answer;
  };
  const stop = new AbortController();
  const first = new Outbox(world.anna.open({ fetch: losing, signal: stop.signal }), new Kept("anna", place));
  const sending = first.send({ conversation: id, text: "первое" });
  void first.send({ conversation: id, text: "второе" });
  await expect.poll(async () => (await world.boris.beseda.getMessages({ conversation: id })).items.length).toBe(1);
  stop.abort(new Error("the page was left"));
  await sending;
  isDown = false;
  const second = new Outbox(world.anna.beseda, new Kept("anna", place));
  expect(second.of(id).map(({ text, state }) => [text, state])).toEqual([
    ["первое", "waiting"],
    ["второе", "waiting"],
  ]);
  await second.resume();
  expect(second.of(id)).toEqual([]);
  expect(new Outbox(world.anna.beseda, new Kept("anna", place)).of(id)).toEqual([]);
  const { items } = await world.boris.beseda.getMessages({ conversation: id, sortDirection: "Asc" });
  expect(items.map(({ text }) => text)).toEqual(["первое", "второе"]);
});

test("a refused message stays with its reason, lets the next one pass, and goes when it is discarded", async ({
  world,
}) => {
  const { id = "" } = await world.anna.beseda.createConversation({ title: "Склад", members: [world.boris.id] }).write();
  const outbox = new Outbox(world.anna.beseda, new Kept("anna", storage()));
  await outbox.send({ conversation: id, text: "я".repeat(4_001) });
  await outbox.send({ conversation: id, text: "второе" });
  expect(outbox.of(id).map(({ state, problem }) => [state, problem])).toEqual([["failed", "limit_exceeded"]]);
  outbox.discard(outbox.of(id)[0]?.clientId ?? "");
  expect(outbox.of(id)).toEqual([]);
});

test("drafts are kept by conversation, and an empty one leaves nothing behind", () => {
  const place = storage();
  const drafts = new Drafts(new Kept("anna", place));
  drafts.set("a", { text: "начато", recipients: ["boris"] });
  expect(new Drafts(new Kept("anna", place)).of("a")).toEqual({ text: "начато", recipients: ["boris"] });
  expect(new Drafts(new Kept("boris", place)).of("a").text).toBe("");
  drafts.set("a", { text: "", recipients: [] });
  expect(place.length).toBe(0);
});
