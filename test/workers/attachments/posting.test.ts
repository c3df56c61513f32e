import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { conversationObject } from "../../../durable-objects/stubs.ts";
import { limits } from "../../../src/protocol/limits.ts";
import { ask } from "../../support/workers/ask.ts";
import { alarm, sent, uploaded } from "../../support/workers/files.ts";
import { test } from "../../support/workers/world.ts";

const messagesOf = (id: string) => `/conversations/${id}/messages`;

test("ATT-3 a message may be files alone, and everybody who has it open hears of them", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const line = await boris.live(id);
  const attachments = [await uploaded(anna, id), await uploaded(anna, id, { name: "второй.txt" })];
  const message = await anna.say(id, "", { attachments: attachments.map((attachment) => attachment.id) });
  expect(message).toMatchObject({ text: "", attachments });
  expect((await line.event("message")).message).toEqual(message);
  expect((await boris.get(messagesOf(id))).body.items).toEqual([message]);
});

test("ATT-3 a message in a frame carries files like any other", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const attachment = await uploaded(world.anna, id);
  const line = await world.anna.live(id);
  const posted = await ask(line, { type: "post", message: { attachments: [attachment.id] } });
  expect(posted.message.attachments).toEqual([attachment]);
  const repeated = await ask(line, { type: "post", message: { attachments: [attachment.id] } });
  expect(repeated.problem).toMatchObject({ code: "validation", field: "attachments.0" });
});

test("ATT-3 a message has at most 20 files, each once", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const ids: string[] = [];
  for (let i = 0; i <= limits.messageAttachments; i++) ids.push((await uploaded(anna, id)).id);
  const tooMany = await anna.post(messagesOf(id), { attachments: ids });
  expect(tooMany.body).toMatchObject({ code: "limit_exceeded", field: "attachments" });
  const twice = await anna.post(messagesOf(id), { attachments: [ids[0], ids[0]] });
  expect(twice.body).toMatchObject({ code: "validation", field: "attachments" });
  const { attachments } = await anna.say(id, "", { attachments: ids.slice(1) });
  expect(attachments).toHaveLength(limits.messageAttachments);
});

test("ATT-3 only the own uploads of this conversation can be posted, and a refused message uses none up", async ({
  world,
}) => {
  const { anna, boris } = world;
  const here = await anna.converse({ members: [boris.id] });
  const there = await anna.converse({ members: [boris.id] });
  const own = await uploaded(anna, here.id);
  for (const foreign of [await uploaded(boris, here.id), await uploaded(anna, there.id)]) {
    const { body } = await anna.post(messagesOf(here.id), { text: "Вот", attachments: [own.id, foreign.id] });
    expect(body).toMatchObject({ code: "validation", field: "attachments.1" });
  }
  expect((await anna.get(messagesOf(here.id))).body.items).toEqual([]);
  expect((await anna.say(here.id, "Вот", { attachments: [own.id] })).attachments).toEqual([own]);
});

test("ATT-3 of parallel messages with the same upload one gets it", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const upload = await uploaded(world.anna, id);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => world.anna.post(messagesOf(id), { attachments: [upload.id] })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(400)]);
});

test("R3 a repeat returns the first result although its uploads are used up", async ({ world }) => {
  const { id } = await world.anna.converse({});
  const upload = await uploaded(world.anna, id);
  const draft = { attachments: [upload.id], clientId: "1" };
  const first = await world.anna.post(messagesOf(id), draft);
  const repeat = await world.anna.post(messagesOf(id), draft);
  expect([first.status, repeat.status, repeat.body]).toEqual([201, 200, first.body]);
});

test("MSG-19 a change keeps, takes away and adds files, in the order it names", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const [one, two, three] = [await uploaded(anna, id), await uploaded(anna, id), await uploaded(anna, id)];
  const message = await anna.say(id, "Файлы", { attachments: [one.id, two.id] });
  const path = `/messages/${message.id}`;
  expect((await anna.patch(path, { text: "Без перемен" })).body.attachments).toEqual([one, two]);
  expect((await anna.patch(path, { attachments: [three.id, one.id] })).body.attachments).toEqual([three, one]);
  const gone = await anna.patch(path, { attachments: [two.id] });
  expect(gone.body).toMatchObject({ code: "validation", field: "attachments.0" });
  expect((await boris.patch(path, { attachments: [] })).body.code).toBe("forbidden");
  expect((await anna.patch(path, { attachments: [] })).body.attachments).toBeUndefined();
});

test("MSG-19 a message that is one file cannot lose it without saying something else", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const message = await sent(anna, id);
  const refused = await anna.patch(`/messages/${message.id}`, { attachments: [] });
  expect(refused.body.code).toBe("validation");
  expect((await anna.get(`/messages/${message.id}`)).body).toEqual(message);
  expect((await anna.patch(`/messages/${message.id}`, { attachments: [], text: "Без файла" })).status).toBe(200);
});

test("MSG-11 an application without a user posts its own uploads in the name of an author", async ({ world }) => {
  const { privileged, boris } = world;
  const { id } = await privileged.converse({ title: "Сводка", members: [boris.id] });
  const upload = await uploaded(privileged, id);
  const message = await privileged.say(id, "", { attachments: [upload.id], author: boris.id });
  expect(message).toMatchObject({ author: boris.id, attachments: [upload] });
});

test("ATT-3 lists and hints tell how many files a message shows, because it may have no text", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ title: "Склад", members: [boris.id] });
  const inbox = await boris.inbox();
  const message = await sent(anna, id);
  const { activity } = await inbox.next("activity");
  expect(activity.messages).toMatchObject([{ id: message.id, text: "", attachments: 1 }]);
  await alarm(id);
  const { body } = await boris.get("/conversations");
  expect(body.items[0].lastMessage).toMatchObject({ id: message.id, text: "", attachments: 1 });
});

test("a message without files asks for none: it costs what it cost before there were any", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const asked: string[] = [];
  await runInDurableObject(conversationObject(env, id), ({ store }) => {
    const { sql } = store;
    const exec = sql.exec.bind(sql);
    vi.spyOn(sql, "exec").mockImplementation((query, ...bindings) => {
      asked.push(query);
      return exec(query, ...bindings);
    });
  });
  const message = await anna.say(id, "Без файла");
  await anna.patch(`/messages/${message.id}`, { text: "И после правки" });
  await anna.delete(`/messages/${message.id}`);
  await alarm(id);
  expect(asked.filter((query) => /INTO messages/.test(query))).toHaveLength(1);
  expect(asked.filter((query) => /\bfiles\b/.test(query))).toEqual([]);
});
