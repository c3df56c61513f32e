import { expect, vi } from "vitest";
import { encodeCursor } from "../../../src/protocol/lists.ts";
import { dispatched } from "../../support/workers/objects.ts";
import { test, type World } from "../../support/workers/world.ts";
import {
  byAfter,
  byCursor,
  byDate,
  conversationLists,
  directions,
  idsIn,
  inDirection,
  type List,
  lists,
  listsWithAfter,
  page,
  type Query,
  walk,
} from "./lists.ts";

const sizesOf = (pages: string[][]): number[] => pages.map(({ length }) => length);

test.for(lists)("SRCH-7 501 of $name arrive by cursor as 200, 200 and 101, in order", async (list, { world }) => {
  const ids = await list.fill(world, 501);
  for (const sortDirection of directions) {
    const pages = await walk(list, world, byCursor, { sortDirection });
    expect(sizesOf(pages)).toEqual([200, 200, 101]);
    expect(pages.flat()).toEqual(inDirection(ids, sortDirection));
  }
});

test.for(listsWithAfter)(
  "SRCH-5 SRCH-7 501 of $name arrive by the last of each page as 200, 200, 101 and none",
  async (list, { world }) => {
    const ids = await list.fill(world, 501);
    for (const sortDirection of directions) {
      const pages = await walk(list, world, byAfter, { sortDirection });
      expect(sizesOf(pages)).toEqual([200, 200, 101, 0]);
      expect(pages.flat()).toEqual(inDirection(ids, sortDirection));
    }
  },
);

test.for(lists)("SRCH-7 the last page of $name is known when it is full", async (list, { world }) => {
  const ids = await list.fill(world, 9);
  for (const sortDirection of directions) {
    const pages = await walk(list, world, byCursor, { sortDirection, count: 3 });
    expect(sizesOf(pages)).toEqual([3, 3, 3]);
    expect(pages.flat()).toEqual(inDirection(ids, sortDirection));
  }
});

test.for(listsWithAfter)("SRCH-5 after an object of $name come those strictly after it", async (list, { world }) => {
  const ids = await list.fill(world, 5);
  for (const sortDirection of directions) {
    const ordered = inDirection(ids, sortDirection);
    for (const [index, after] of ordered.entries())
      expect(idsIn(await page(list, world, { sortDirection, after }))).toEqual(ordered.slice(index + 1));
  }
  expect((await page(list, world, { after: "1" })).body).toMatchObject({ code: "validation", field: "after" });
});

test("SRCH-5 a page does not begin after a message of another conversation", async ({ world }) => {
  const { anna } = world;
  const rooms = [await anna.converse({}), await anna.converse({})] as const;
  const { id: after } = await anna.say(rooms[1].id, "Не здесь");
  const answer = await anna.get(`/conversations/${rooms[0].id}/messages?after=${after}`);
  expect(answer.body).toMatchObject({ code: "validation", field: "after" });
});

/** Conversations of Анна's whose one message was written so many seconds from now. */
async function writtenAt({ anna }: World, seconds: number[]): Promise<string[]> {
  vi.useFakeTimers({ toFake: ["Date"] });
  const now = Date.now();
  const ids: string[] = [];
  for (const second of seconds) {
    const { id } = await anna.converse({});
    vi.setSystemTime(now + second * 1000);
    await anna.say(id, `${second}`);
    vi.setSystemTime(now);
    await dispatched(id);
    ids.push(id);
  }
  return ids;
}

test.for(conversationLists)("SRCH-6 of $name come those of startDate and what follows", async (list, { world }) => {
  const [first, second, third, last] = await writtenAt(world, [10, 20, 20, 30]);
  const at = (second: number, sortDirection?: string) =>
    page(list, world, { startDate: new Date(Date.now() + second * 1000).toISOString(), sortDirection });
  const sorted = async (...query: Parameters<typeof at>) => idsIn(await at(...query)).sort();
  expect(await sorted(20)).toEqual([first, second, third].sort());
  expect(await sorted(20, "Asc")).toEqual([second, third, last].sort());
  expect(await sorted(19.999)).toEqual([first]);
  expect(await sorted(20.001, "Asc")).toEqual([last]);
  const odd = await page(list, world, { startDate: "yesterday" });
  expect(odd.body).toMatchObject({ code: "validation", field: "startDate" });
});

test.for(conversationLists)(
  "SRCH-6 SRCH-7 $name are all read by the date of each page's last, which comes again",
  async (list, { world }) => {
    const ids = await list.fill(world, 20);
    for (const sortDirection of directions) {
      const pages = await walk(list, world, byDate, { sortDirection, count: 5 });
      expect([...new Set(pages.flat())]).toEqual(inDirection(ids, sortDirection));
      for (const [index, delivered] of pages.slice(0, -1).entries())
        expect(pages[index + 1]).toContain(delivered.at(-1));
    }
  },
);

const [users, messages] = listsWithAfter as [List, List];
const written: List = {
  ...(conversationLists[0] as List),
  fill: (world, size) =>
    writtenAt(
      world,
      Array.from({ length: size }, (_, i) => i + 1),
    ),
};

async function changeUsers({ privileged }: World, [first, last]: string[]): Promise<void> {
  await privileged.patch(`/users/${first}`, { name: "Другое имя" });
  await privileged.patch(`/users/${last}`, { isLocked: true });
}

async function changeMessages({ anna }: World, [first, last]: string[]): Promise<void> {
  await anna.patch(`/messages/${first}`, { text: "Иначе" });
  await anna.delete(`/messages/${last}`);
  await anna.say("склад", "Новое");
}

async function changeConversations({ anna }: World, [first = "", last]: string[]): Promise<void> {
  await anna.say(first, "Новое");
  await dispatched(first);
  await anna.delete(`/conversations/${last}/members/${anna.id}`);
}

test.for([
  ["users", "cursor", users, byCursor, changeUsers],
  ["users", "after", users, byAfter, changeUsers],
  ["messages", "cursor", messages, byCursor, changeMessages],
  ["messages", "after", messages, byAfter, changeMessages],
  ["conversations", "cursor", written, byCursor, changeConversations],
  ["conversations", "startDate", written, byDate, changeConversations],
] as const)(
  "SRCH-8 what changes in %s already delivered is no error, the rest comes by %s",
  async ([, , list, step, change], { world }) => {
    const ids = await list.fill(world, 7);
    const first = await page(list, world, { count: 2 });
    await change(world, idsIn(first));
    const rest = await walk(list, world, step, { count: 2 }, step(first.body) as Query);
    expect([...new Set([...idsIn(first), ...rest.flat()])]).toEqual(inDirection(ids, list.direction));
  },
);

test("SRCH-7 a page of messages is empty only when nothing more fits, however far the next one is", async ({
  world,
}) => {
  // The server looks through 5,000 at a time.
  const far = 5_001;
  const ids = await messages.fill(world, far);
  const pages = await walk(messages, world, byAfter, { text: `Сообщение ${far}`, sortDirection: "Asc" });
  expect(pages).toEqual([[ids.at(-1)], []]);
});

test.for(lists)("SRCH-4 a cursor that is not of this list of $name is validation", async (list, { world }) => {
  await list.fill(world, 4);
  const others = ["", "nonsense", encodeCursor("notifications", [1, "a"]), encodeCursor("users", [1])];
  for (const cursor of others)
    expect((await page(list, world, { cursor })).body, cursor).toMatchObject({ code: "validation", field: "cursor" });
});
