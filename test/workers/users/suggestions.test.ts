import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { klim } from "../../support/cast.ts";
import { stored } from "../../support/workers/stored.ts";
import { type Caller, openStrangers, test } from "../../support/workers/world.ts";

const suggested = async (caller: Caller, text: string, more = ""): Promise<string[]> =>
  (await caller.get(`/user-suggestions?text=${encodeURIComponent(text)}${more}`)).body.items.map(
    ({ name }: { name: string }) => name,
  );

test.for(["громов", "ГРОМОВ", "Борис", "петрОВИЧ гр", "ори"])(
  "SRCH-9 whoever chooses users finds a name by any part of it, in large or small letters: %s",
  async (text, { world: { vera } }) => {
    expect(await suggested(vera, text)).toEqual(["Борис"]);
  },
);

test("SRCH-9 letters that are written in two ways are the same", async ({ world: { privileged, vera } }) => {
  await privileged.post("/users", { infoBaseUserId: crypto.randomUUID(), name: "Сергей Йорданов".normalize("NFD") });
  expect(await suggested(vera, "йорд".normalize("NFC"))).toHaveLength(1);
  expect(await suggested(vera, "Йорд".normalize("NFD"))).toHaveLength(1);
});

test("USR-24 a blocked user is not suggested, and is again after unblocking", async ({ world }) => {
  const { boris, vera, privileged } = world;
  await privileged.patch(`/users/${boris.id}`, { isLocked: true });
  expect(await suggested(vera, "борис")).toEqual([]);
  await privileged.patch(`/users/${boris.id}`, { isLocked: false });
  expect(await suggested(vera, "борис")).toEqual(["Борис"]);
});

test("SRCH-9 at most twenty are suggested, and fewer on request", async ({ world }) => {
  await world.crowd(limits.suggestions + 5);
  expect(await suggested(world.anna, "человек")).toHaveLength(limits.suggestions);
  expect(await suggested(world.anna, "человек", `&count=${limits.pageMax}`)).toHaveLength(limits.suggestions);
  expect(await suggested(world.anna, "человек", "&count=3")).toHaveLength(3);
});

test.for(["%", "_", "%%", "Б%с", "Б_рис", "*", "?", "Б*", "[БВ]", "\\", "'", "' OR 1=1 --", '"', ";"])(
  "SRCH-9 the text is a text and no pattern: %s",
  async (text, { world: { anna, privileged } }) => {
    expect(await suggested(anna, text)).toEqual([]);
    await privileged.post("/users", { infoBaseUserId: crypto.randomUUID(), name: `Отдел ${text} продаж` });
    expect(await suggested(anna, text)).toEqual([`Отдел ${text} продаж`]);
  },
);

test("USR-24 people are suggested: regular and external users of this application, nobody else", async ({ world }) => {
  const { privileged, vera } = world;
  await privileged.post("/users", { ...klim, external: true, name: "Клим Белов" });
  await stored(world, { kind: "guest", name: "Гость Белов", fullName: "Гость Белов" });
  await stored(world, { kind: "integration", name: "Телеграм Белов", fullName: "Телеграм Белов" });
  const strangers = await openStrangers();
  await strangers.person({ infoBaseUserId: crypto.randomUUID(), name: "Чужая Белова" });
  expect((await suggested(vera, "белов")).sort()).toEqual(["Анна", "Клим Белов"]);
});

test.for([
  ["", { status: 400, body: { code: "validation", field: "text" } }],
  [`?text=${"б".repeat(limits.userName + 1)}`, { status: 413, body: { code: "limit_exceeded", field: "text" } }],
  ["?text=a%0Ab", { status: 400, body: { code: "validation", field: "text" } }],
  ["?text=a&count=0", { status: 400, body: { code: "validation", field: "count" } }],
  ["?text=a&kind=guest", { status: 400, body: { code: "validation", field: "kind" } }],
] as const)("SRCH-9 suggestions are not asked for with %s", async ([query, refusal], { world: { anna } }) => {
  expect(await anna.get(`/user-suggestions${query}`)).toMatchObject(refusal);
});
