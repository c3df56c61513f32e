import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { consume } from "../../../src/consumers/queue.ts";
import type { Grant } from "../../../src/protocol/actors.ts";
import type { Job } from "../../../src/protocol/jobs.ts";
import { trustedGrants } from "../../../src/storage/directory/trusted.ts";
import { answerWith, askApplication, type Question, readers } from "../../support/workers/endpoint.ts";
import { activitiesIn, settle } from "../../support/workers/inbox.ts";
import { test, type World } from "../../support/workers/world.ts";

/** The queue brings jobs; its consumer takes them. */
async function deliver(...jobs: Job[]) {
  const batch = createMessageBatch<Job>(
    "beseda-jobs",
    jobs.map((body, index) => ({ id: String(index), timestamp: new Date(), attempts: 1, body })),
  );
  await consume(batch, env);
  return getQueueResult(batch, createExecutionContext());
}

/** Order 42: Анна writes; Борис and Вера watch and have their inboxes open; `may` lists who may read by now. */
async function watched(world: World) {
  const { anna, boris, vera } = world;
  const may = [anna, boris, vera].map(({ infoBaseUserId }) => infoBaseUserId);
  const questions: Question[] = answerWith(readers(() => may));
  await askApplication(world);
  const { id } = await anna.converse({ conversationContext: "/orders/42" });
  for (const person of [boris, vera]) await person.put(`/conversations/${id}/watch-mode`, { watch: true });
  const [hers, his] = [await vera.inbox(), await boris.inbox()];
  trustedGrants.clear();
  const message = await anna.say(id, "Секрет заказа");
  questions.length = 0;
  const job: Job = { kind: "tell", application: world.id, conversation: id, from: message.n, to: message.n };
  return { id, may, questions, his, hers, job, message };
}

test("CNV-3 new messages are told to listening readers, and only to them", async ({ world }) => {
  const { id, may, questions, his, hers, job, message } = await watched(world);
  may.splice(0, may.length, world.anna.infoBaseUserId, world.boris.infoBaseUserId);
  await settle(world.boris, his);
  expect(activitiesIn(his, id)).toEqual([]);
  const { explicitAcks, retryMessages } = await deliver(job);
  expect([explicitAcks, retryMessages]).toEqual([["0"], []]);
  await settle(world.boris, his);
  await settle(world.vera, hers);
  expect(activitiesIn(his, id)).toMatchObject([{ notify: true, activity: { messages: [{ id: message.id }] } }]);
  expect(activitiesIn(hers, id)).toEqual([]);
  expect(JSON.stringify(hers.frames)).not.toContain("Секрет");
  const listeners = [world.boris.infoBaseUserId, world.vera.infoBaseUserId];
  expect(questions.map(({ context }) => context)).toEqual(questions.map(() => "/orders/42"));
  expect(questions.flatMap(({ users }) => users).sort()).toEqual(listeners.sort());
});

test("CNV-3 nobody is told when the application does not answer", async ({ world }) => {
  const { id, his, job } = await watched(world);
  answerWith(() => Promise.reject(new TypeError("Network connection lost")));
  expect((await deliver(job)).explicitAcks).toEqual(["0"]);
  await settle(world.boris, his);
  expect(activitiesIn(his, id)).toEqual([]);
});

test("CNV-3 whom nobody told to listen is not asked about", async ({ world }) => {
  const { id, questions, his, job } = await watched(world);
  await world.boris.put(`/conversations/${id}/watch-mode`, { watch: false });
  questions.length = 0;
  await deliver(job);
  expect(questions.flatMap(({ users }) => users)).toEqual([world.vera.infoBaseUserId]);
  await settle(world.boris, his);
  expect(activitiesIn(his, id)).toEqual([]);
});

test("CNV-3 an answer that is remembered from before a revocation tells nobody", async ({ world }) => {
  const { id, his, job } = await watched(world);
  const old: Grant = { from: Date.now() - 1_000, until: Date.now() + 59_000 };
  await world.privileged.post("/context-revocations", { conversationContext: "/orders/42" });
  trustedGrants.set(`${world.id} ${world.boris.id} /orders/42`, old);
  await deliver(job);
  await settle(world.boris, his);
  expect(activitiesIn(his, id)).toEqual([]);
});

test("CNV-3 a job about what is gone is done, and harms no other", async ({ world }) => {
  const { id, his, job, message } = await watched(world);
  await world.anna.delete(`/messages/${message.id}`);
  const jobs: Job[] = [{ ...job, conversation: "0".repeat(26) }, { ...job, application: "0".repeat(26) }, job];
  expect((await deliver(...jobs)).explicitAcks).toEqual(["0", "1", "2"]);
  await settle(world.boris, his);
  expect(JSON.stringify(activitiesIn(his, id))).not.toContain("Секрет");
});
