import { expect, test } from "vitest";
import type { ConversationView, Event, MessageView } from "../../../src/sdk/client/index.ts";
import { Drafts } from "../../../web/site/conversation/drafts.ts";
import { History, type Source } from "../../../web/site/conversation/history.ts";
import { laterOf } from "../../../web/site/conversation/pages.ts";
import { Reacting } from "../../../web/site/reactions/reacting.ts";
import { lastOwn, Readers, tellsReaders } from "../../../web/site/readers/readers.ts";

const message = (n: number, author: string, more: Partial<MessageView> = {}): MessageView => ({
  id: `c.${n}`,
  conversationId: "c",
  n,
  m: n,
  author,
  date: "2026-11-24T09:00:00.000Z",
  text: `${n}`,
  ...more,
});
const kind = (emoji: string, ...users: string[]) => ({ emoji, count: users.length, users });

test("of two copies of a message each part is taken from the later one", () => {
  const plain = message(1, "boris");
  const reacted = message(1, "boris", { reactions: [kind("👍", "anna")], reacted: 5 });
  const edited = message(1, "boris", { text: "иначе", edited: "2026-11-24T10:00:00.000Z" });
  const taken = message(1, "boris", { reacted: 7 });
  expect(laterOf(reacted, plain)).toEqual(reacted);
  expect(laterOf(plain, reacted)).toEqual(reacted);
  expect(laterOf(reacted, edited)).toEqual({ ...edited, reactions: [kind("👍", "anna")], reacted: 5 });
  expect(laterOf(taken, reacted)).toEqual(taken);
  const gone = message(1, "boris", { deleted: "2026-11-24T11:00:00.000Z" });
  expect(laterOf(reacted, gone)).toEqual(gone);
});

/** A server that answers when it is told to. */
function answering() {
  const calls: string[] = [];
  const waiting: { resolve: (value: { view: MessageView | undefined }) => void; reject: (error: unknown) => void }[] =
    [];
  const call = (name: string) => (_: string, emoji: string) =>
    new Promise((resolve, reject) => {
      calls.push(`${name} ${emoji}`);
      waiting.push({ resolve, reject });
    });
  const source = {
    addReaction: call("add"),
    removeReaction: call("remove"),
    getReactions: async () => ({ items: [{ emoji: "🙏", user: "anna" }] }),
  };
  return { calls, waiting, reacting: new Reacting(source as never, "anna") };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("an own reaction shows at once, and of several presses the last one counts", async () => {
  const { calls, waiting, reacting } = answering();
  const about = message(1, "boris", { reactions: [kind("👍", "vera")], reacted: 2 });
  const shown = () => reacting.of(about).map(({ emoji, count, isOwn }) => `${emoji}${count}${isOwn ? "!" : ""}`);
  const done = reacting.toggle(about, "👍");
  expect(shown()).toEqual(["👍2!"]);
  void reacting.toggle(about, "👍");
  void reacting.toggle(about, "👍");
  void reacting.toggle(about, "👍");
  expect(shown()).toEqual(["👍1"]);
  waiting[0]?.resolve({ view: about });
  await settled();
  waiting[1]?.resolve({ view: about });
  await done;
  expect(calls).toEqual(["add 👍", "remove 👍"]);
  expect(shown()).toEqual(["👍1"]);
});

test("a reaction that is refused is taken back, and one nobody else had leaves no trace", async () => {
  const { waiting, reacting } = answering();
  const about = message(1, "boris");
  const done = reacting.toggle(about, "🔥");
  expect(reacting.of(about)).toEqual([{ emoji: "🔥", count: 1, users: ["anna"], isOwn: true }]);
  waiting[0]?.reject(new Error("refused"));
  await expect(done).rejects.toThrow("refused");
  expect(reacting.of(about)).toEqual([]);
});

test("where more people reacted than a message shows it is asked once which of them are one's own", async () => {
  const { reacting } = answering();
  const about = message(1, "boris", { reactions: [{ emoji: "🙏", count: 40, users: ["vera"] }], reacted: 60 });
  expect(reacting.of(about)[0]?.isOwn).toBe(false);
  await settled();
  expect(reacting.of(about)[0]?.isOwn).toBe(true);
});

const room: ConversationView = {
  id: "c",
  title: "Склад",
  group: true,
  displayed: true,
  viewOnly: false,
  created: "2026-11-24T08:00:00.000Z",
  members: ["anna", "boris", "vera"],
  memberCount: 3,
  epoch: "e",
  n: 0,
};

test("a message was read by members whose marker is there, and by those who wrote after it", () => {
  const readers = new Readers();
  const said = message(2, "anna");
  expect(readers.of(said, room, [said])).toEqual([]);
  readers.note({ user: "boris", m: 2 }, { user: "klim", m: 9 }, { user: "vera", m: 1 });
  readers.note({ user: "boris", m: 1 });
  expect(readers.of(said, room, [said])).toEqual(["boris"]);
  expect(readers.of(said, room, [said, message(3, "vera")])).toEqual(["boris", "vera"]);
  expect(readers.of(said, { ...room, members: ["anna", "vera"] }, [said])).toEqual([]);
});

test("who has read is told under the last own message that is still there, in small rooms of listed members", () => {
  const gone = message(3, "anna", { deleted: "2026-11-24T11:00:00.000Z" });
  expect(lastOwn([message(1, "anna"), message(2, "boris"), gone], "anna")?.n).toBe(1);
  expect([
    tellsReaders(room),
    tellsReaders({ ...room, memberCount: 51 }),
    tellsReaders({ ...room, conversationContext: "/orders/1" }),
    tellsReaders({ ...room, members: [...room.members, "all-application-users"] }),
  ]).toEqual([true, false, false, false]);
});

/** An open history whose events come when they are told. */
async function opened(pages: MessageView[], older: Record<string, MessageView> = {}) {
  let hear: ((event: Event) => unknown) | undefined;
  const asked: string[] = [];
  const source = {
    getMessages: async () => ({ items: [...pages].reverse().map((view) => ({ view })), cursor: "more" }),
    getMessage: async (id: string) => {
      asked.push(id);
      return { view: older[id] };
    },
    getReaders: async () => [],
    subscribe: async (
      _: string,
      handlers: { event: typeof hear; conversation: (view: ConversationView) => unknown },
    ) => {
      hear = handlers.event;
      handlers.conversation(room);
      return { detach: () => undefined, reading: () => undefined };
    },
  };
  const history = new History(source as unknown as Source, "c");
  await history.open();
  return { history, asked, hear: (event: Event) => hear?.(event) };
}

test("a quoted message that is not loaded is asked for once and follows its events; nothing is put between", async () => {
  const old = message(2, "boris", { text: "Старое" });
  const { history, asked, hear } = await opened([message(50, "anna"), message(51, "boris")], { "c.2": old });
  expect(history.originals.of(2)).toBeUndefined();
  await settled();
  expect(history.originals.of(2)).toEqual(old);
  const edited = { ...old, text: "Новое", edited: "2026-11-24T10:00:00.000Z" };
  hear({ type: "edited", n: 52, message: edited });
  expect(history.originals.of(2)).toEqual(edited);
  // The loaded part has no gaps: a message from further back must not stand at its beginning.
  expect(history.messages.map(({ n }) => n)).toEqual([50, 51]);
  expect(asked).toEqual(["c.2"]);
});

test("reactions told live stand at their message, and a page loaded before them does not take them away", async () => {
  const { history, hear } = await opened([message(50, "anna"), message(51, "boris")]);
  hear({ type: "reacted", n: 52, id: "c.50", reactions: [kind("👍", "vera")] });
  history.note(message(50, "anna"));
  expect(history.pages.of(50)).toMatchObject({ reactions: [kind("👍", "vera")], reacted: 52 });
  hear({ type: "reacted", n: 53, id: "c.50", reactions: [] });
  expect(history.pages.of(50)?.reactions).toBeUndefined();
});

test("a draft keeps what it answers, and nothing that is no number", () => {
  const kept = new Map<string, unknown>();
  const drafts = new Drafts({
    get: (key: string, otherwise: unknown) => kept.get(key) ?? otherwise,
    set: (key: string, value: unknown) => (value === undefined ? kept.delete(key) : kept.set(key, value)),
  } as never);
  drafts.set("c", { text: "", recipients: [], replyTo: 7 });
  expect(drafts.of("c").replyTo).toBe(7);
  drafts.set("c", { text: "", recipients: [] });
  expect(kept.size).toBe(0);
  kept.set("draft/c", { text: "a", replyTo: "<b>" });
  expect(drafts.of("c")).toEqual({ text: "a", recipients: [] });
});
