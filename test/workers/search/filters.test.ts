import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { Collaboration } from "../../../src/sdk/client/collaboration.ts";
import { door } from "../../support/workers/door.ts";
import { test, type World } from "../../support/workers/world.ts";
import { idsIn, inDirection, lists, page } from "./lists.ts";

const moment = new Date("2026-11-24T09:00:00.000Z");

/** What each filter seeks by, besides the fields of every filter. */
const own = {
  getUsers: {
    infoBaseUserId: crypto.randomUUID(),
    name: "Борис",
    fullName: "Борис",
    phoneNumber: "+7",
    email: "boris@romashka.example",
    emailForAuthentication: "klim@outside.example",
    matchingKey: "табель 1",
    isLocked: false,
    external: true,
  },
  getConversations: {
    key: "склад",
    conversationContext: "/orders/42",
    contextConversation: false,
    currentUserIsMember: true,
    group: true,
    displayed: true,
  },
  getMessages: { text: "Привет", author: "", withoutDeleted: true },
};
type Search = keyof typeof own;
const searches = Object.keys(own) as Search[];
const foreignTo = (search: Search) =>
  searches.filter((other) => other !== search).flatMap((other) => Object.entries(own[other]));

/** A search by the SDK, with any filter: of the right type or not. */
async function searchWith(world: World, search: Search, filter: object) {
  const { token } = await world.again(world.anna, {
    scopes: ["dataAdministration"],
    contexts: [own.getConversations.conversationContext],
  });
  const beseda = new Collaboration(() => token, { fetch: door });
  if (search === "getMessages") return beseda.getMessages({ conversation: "склад", ...filter });
  return search === "getUsers" ? beseda.getUsers(filter) : beseda.getConversations(filter);
}

test.for(searches)("SRCH-1 the search %s takes a filter of its own", async (search, { world }) => {
  await world.anna.converse({ key: "склад" });
  const every = { count: 1, sortDirection: "Asc" };
  for (const [field, value] of Object.entries({ ...own[search] })) {
    const filter = { ...every, [field]: field === "author" ? world.anna.id : value };
    expect((await searchWith(world, search, filter)).items.length, field).toBeLessThanOrEqual(1);
  }
  for (const [field, value] of foreignTo(search)) {
    const refused = searchWith(world, search, { [field]: value });
    await expect(refused, field).rejects.toMatchObject({ code: "validation", field });
  }
});

test.for([
  ["getUsers", "startDate", moment],
  ["getConversations", "after", "00000000000000000000000001"],
] as const)("SRCH-1 a page of %s does not begin with %s", async ([search, field, value], { world }) => {
  const refused = searchWith(world, search, { [field]: value });
  await expect(refused).rejects.toMatchObject({ code: "validation", field });
});

const bounds = [
  [undefined, limits.pageDefault],
  [1, 1],
  [limits.pageMax, limits.pageMax],
] as const;
const beyond = [0, limits.pageMax + 1, -1, 1.5, 1e20, "", "все", "1e2", " 1"];

test.for(lists)("SRCH-2 a page of $name holds 200 unless told, and from 1 to 250", async (list, { world }) => {
  expect(limits).toMatchObject({ pageDefault: 200, pageMax: 250 });
  await list.fill(world, limits.pageMax + 1);
  for (const [count, size] of bounds) expect(idsIn(await page(list, world, { count })), `${count}`).toHaveLength(size);
  for (const count of beyond)
    expect((await page(list, world, { count })).body, `${count}`).toMatchObject({ code: "validation", field: "count" });
});

test.for(lists)("SRCH-3 $name come in the direction that was asked for", async (list, { world }) => {
  const ids = await list.fill(world, 7);
  expect(idsIn(await page(list, world, { sortDirection: "Asc" }))).toEqual(ids);
  expect(idsIn(await page(list, world, { sortDirection: "Desc" }))).toEqual(ids.toReversed());
  expect(idsIn(await page(list, world, {}))).toEqual(inDirection(ids, list.direction));
  for (const sortDirection of ["asc", "DESC", "Up", ""])
    expect((await page(list, world, { sortDirection })).body).toMatchObject({
      code: "validation",
      field: "sortDirection",
    });
});
