import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { conversationObject } from "../../../durable-objects/stubs.ts";
import { alarm, sent, uploaded } from "../../support/workers/files.ts";
import { test } from "../../support/workers/world.ts";

interface Posted {
  attachment: { id: string; name: string };
}
const filesOf = (id: string, query = "") => `/conversations/${id}/attachments${query}`;
const namesIn = ({ body }: { body: { items: Posted[] } }) => body.items.map(({ attachment }) => attachment.name);

test("the files of a conversation are listed, the newest message first, each with who posted it and where", async ({
  world,
}) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const names = ["один.txt", "два.txt"];
  const files = [await uploaded(anna, id, { name: "один.txt" }), await uploaded(anna, id, { name: "два.txt" })];
  const both = await anna.say(id, "Два файла", { attachments: files.map((file) => file.id) });
  await anna.say(id, "Без файлов");
  const last = await sent(boris, id, { name: "три.txt" });
  await uploaded(anna, id, { name: "ждёт.txt" });
  const { body } = await boris.get(filesOf(id));
  expect(body).toEqual({
    items: [
      { attachment: last.attachments[0], message: last.id, n: last.n, author: boris.id, date: last.date },
      ...files.map((attachment) => ({ attachment, message: both.id, n: both.n, author: anna.id, date: both.date })),
    ],
  });
  expect(namesIn({ body })).toEqual(["три.txt", ...names]);
});

test("the list of files is paged exactly, also in the middle of a message, while new ones come", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  for (const message of ["а", "б", "в"]) {
    const files: string[] = [];
    for (const part of [1, 2, 3]) files.push((await uploaded(anna, id, { name: `${message}${part}` })).id);
    await anna.say(id, message, { attachments: files });
  }
  const seen: string[] = [];
  let query = "?count=2";
  for (;;) {
    const page = await anna.get(filesOf(id, query));
    seen.push(...namesIn(page));
    await sent(anna, id, { name: "новый" });
    if (page.body.cursor === undefined) break;
    query = `?count=2&cursor=${page.body.cursor}`;
  }
  expect(seen).toEqual(["в1", "в2", "в3", "б1", "б2", "б3", "а1", "а2", "а3"]);
  const foreign = await anna.get(filesOf(id, `?cursor=${btoa('["members",[1,0]]')}`));
  expect(foreign.body).toMatchObject({ code: "validation", field: "cursor" });
  for (const count of ["0", "251", "все"])
    expect((await anna.get(filesOf(id, `?count=${count}`))).body.code).toBe("validation");
});

test("a file that its message does not show any more is not listed, one that a change brings is", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const [one, two] = [await sent(anna, id, { name: "один" }), await sent(anna, id, { name: "два" })];
  const plain = await anna.say(id, "Только слова");
  await anna.delete(`/messages/${two.id}`);
  await anna.patch(`/messages/${one.id}`, { text: "Слова", attachments: [] });
  expect(namesIn(await anna.get(filesOf(id)))).toEqual([]);
  const { id: later } = await uploaded(anna, id, { name: "позже" });
  await anna.patch(`/messages/${plain.id}`, { attachments: [later] });
  expect(namesIn(await anna.get(filesOf(id)))).toEqual(["позже"]);
  await alarm(id);
});

test("conversations from before the list of files have their files in it, whatever their texts look like", async ({
  world,
}) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  await anna.say(id, '"attachments":[');
  await anna.say(id, "С данными", { data: { attachments: [{ id: "нет" }] } });
  await sent(anna, id, { name: "старый.txt" });
  const object = conversationObject(env, id);
  await runInDurableObject(object, (_, { storage: { sql } }) => {
    for (const younger of ["with_files", "stretches"]) sql.exec(`DROP TABLE ${younger}`);
    sql.exec("UPDATE schema SET done = 3");
  });
  await evictDurableObject(object);
  expect(namesIn(await anna.get(filesOf(id)))).toEqual(["старый.txt"]);
});

test("a message without files adds no row to the list of files", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const message = await anna.say(id, "Доброе утро");
  await anna.patch(`/messages/${message.id}`, { text: "Добрый день" });
  await sent(anna, id);
  const rows = await runInDurableObject(conversationObject(env, id), (_, { storage }) =>
    storage.sql.exec("SELECT n FROM with_files").toArray(),
  );
  expect(rows).toHaveLength(1);
});
