import { expect } from "vitest";
import type { Answer } from "../../support/workers/door.ts";
import { test } from "../../support/workers/world.ts";

const copies = 20;

/** Sends the same request many times at once. */
const atOnce = (send: (index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: copies }, (_, index) => send(index)));

const idsOf = (answers: Answer[]): Set<string> => new Set(answers.map(({ body }) => body.id));
const count = (answers: Answer[], status: number): number =>
  answers.filter((answer) => answer.status === status).length;

test("CNV-14 a creation repeated with its client id returns the first result", async ({ world }) => {
  const { anna, boris } = world;
  const first = await anna.post("/conversations", { title: "Склад", clientId: "1" });
  const second = await anna.post("/conversations", { title: "Другое", key: "новое", clientId: "1" });
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(second.body).toEqual(first.body);
  const others = await boris.post("/conversations", { title: "Моё", clientId: "1" });
  expect(others.status).toBe(201);
  expect(others.body.id).not.toBe(first.body.id);
});

test("CNV-14 twenty copies of one creation make one conversation", async ({ world }) => {
  const answers = await atOnce(() =>
    world.anna.post("/conversations", { title: "Склад", key: "склад", clientId: "1" }),
  );
  expect(idsOf(answers).size).toBe(1);
  expect([count(answers, 201), count(answers, 200)]).toEqual([1, copies - 1]);
  expect((await world.anna.get("/conversations")).body.items).toHaveLength(1);
});

test("CNV-25 the second one-to-one conversation of a pair is the first, whoever of them asks", async ({ world }) => {
  const { anna, boris, privileged } = world;
  const first = await anna.post("/conversations", { group: false, members: [boris.id] });
  const second = await boris.post("/conversations", { group: false, members: [anna.infoBaseUserId] });
  const third = await privileged.post("/conversations", { group: false, members: [boris.id, anna.id] });
  expect([first.status, second.status, third.status]).toEqual([201, 200, 200]);
  expect([second.body, third.body]).toEqual([first.body, first.body]);
});

test("CNV-25 twenty creations of the same pair at once make one conversation", async ({ world }) => {
  const { anna, boris } = world;
  const answers = await atOnce((index) =>
    index % 2 === 0
      ? anna.post("/conversations", { group: false, members: [boris.id] })
      : boris.post("/conversations", { group: false, members: [anna.id] }),
  );
  expect(idsOf(answers).size).toBe(1);
  expect([count(answers, 201), count(answers, 200)]).toEqual([1, copies - 1]);
});

test("CNV-15 twenty creations with the same key at once make one conversation and nineteen conflicts", async ({
  world,
}) => {
  const answers = await atOnce(() => world.anna.post("/conversations", { key: "склад" }));
  expect([count(answers, 201), count(answers, 409)]).toEqual([1, copies - 1]);
  const made = answers.find(({ status }) => status === 201);
  expect((await world.anna.get("/conversations/склад")).body).toEqual(made?.body);
  expect((await world.anna.get("/conversations")).body.items).toHaveLength(1);
});

test("CNV-4 twenty creations for the same object at once make one conversation and nineteen conflicts", async ({
  world,
}) => {
  const [anna, boris] = await Promise.all(
    [world.anna, world.boris].map((person) => world.again(person, { contexts: ["/orders/*"] })),
  );
  const answers = await atOnce(
    (index) =>
      (index % 2 === 0 ? anna : boris)?.post("/conversations", {
        conversationContext: "/orders/42",
      }) as Promise<Answer>,
  );
  expect([count(answers, 201), count(answers, 409)]).toEqual([1, copies - 1]);
});
