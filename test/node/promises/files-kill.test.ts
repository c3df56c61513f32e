import { expect, onTestFinished, test, vi } from "vitest";
import { Server } from "../../support/node/server.ts";
import { openWorld } from "../../support/node/world.ts";

test("R1 files that were acknowledged survive a kill, and those of a deleted message are removed after it", async () => {
  const server = await new Server().start();
  onTestFinished(() => server.stop());
  const world = await openWorld(server.origin);
  onTestFinished(() => world.close());
  const { beseda } = world.anna;
  const { id = "" } = await beseda.createConversation({ title: "Склад" }).write();
  const file = (letter: string) => ({
    name: `${letter}.txt`,
    content: new TextEncoder().encode(letter.repeat(500_000)),
  });
  const gone = await beseda.createMessage(id, { attachments: [(await beseda.upload(id, file("a"))).id] }).write();
  const link = await gone.attachments.at(0)?.link();
  const waiting = await beseda.upload(id, file("b"));
  await gone.delete();
  await server.kill();
  await server.start();
  const message = await beseda.createMessage(id, { attachments: [waiting.id] }).write();
  expect(await (await message.attachments.at(0)?.download())?.text()).toBe("b".repeat(500_000));
  await vi.waitFor(async () => expect((await fetch(link?.url ?? "")).status).toBe(404), {
    timeout: 20_000,
    interval: 250,
  });
});
