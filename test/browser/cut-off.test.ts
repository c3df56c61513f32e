import type { Page, WebSocketRoute } from "playwright-core";
import { expect } from "vitest";
import { connectionOf, fieldOf, messageOf, rowOf, skipPause, test, textsOn, type } from "../support/browser/test.ts";
import type { World } from "../support/node/world.ts";

const roomOf = async ({ anna, boris }: World): Promise<string> =>
  (await anna.beseda.createConversation({ title: "Склад", members: [boris.id] }).write()).id ?? "";

/** The page's network. A browser that is set offline keeps the sockets it has, so they are cut beside. */
async function lineOf(page: Page): Promise<{ cut(): Promise<void>; mend(): Promise<void> }> {
  const sockets: WebSocketRoute[] = [];
  let isCut = false;
  await page.routeWebSocket(/\/live/, (socket) => {
    if (isCut) return void socket.close();
    socket.connectToServer();
    sockets.push(socket);
  });
  const set = (isOffline: boolean) => {
    isCut = isOffline;
    return page.context().setOffline(isOffline);
  };
  return {
    cut: async () => {
      await set(true);
      await Promise.all(sockets.splice(0).map((socket) => socket.close()));
    },
    mend: () => set(false),
  };
}

const hour = 3_600_000;

test("after a minute without a network both sides have what the other wrote meanwhile, once and in one order", async ({
  world,
  open,
}) => {
  const id = await roomOf(world);
  const anna = await open(world.anna, { hasOwnClock: true });
  const line = await lineOf(anna);
  await anna.goto(`${world.origin}/c/${id}`);
  await fieldOf(anna).waitFor();
  await type(anna, "До обрыва");
  await messageOf(anna, "До обрыва").getByRole("img").waitFor({ state: "detached" });
  await line.cut();
  await type(anna, "Без сети");
  await messageOf(anna, "Без сети").getByRole("img").waitFor();
  await world.boris.beseda.createMessage(id, { text: "Слышно?" }).write();
  await anna.clock.fastForward(60_000);
  await connectionOf(anna).getByText("What you write is sent later.").waitFor();
  await line.mend();
  await expect
    .poll(async () => {
      await skipPause(anna);
      return textsOn(anna);
    })
    .toEqual(["До обрыва", "Слышно?", "Без сети"]);
  await connectionOf(anna).waitFor({ state: "detached" });
  const { items } = await world.boris.beseda.getMessages({ conversation: id });
  expect(items.map(({ text }) => text)).toEqual(["Без сети", "Слышно?", "До обрыва"]);
});

test("a laptop that slept for hours shows what came meanwhile, and does not ask again and again", async ({
  world,
  open,
}) => {
  const id = await roomOf(world);
  const anna = await open(world.anna, { path: `/c/${id}`, hasOwnClock: true, claims: { seconds: 3_600 } });
  await fieldOf(anna).fill("Начато и не");
  await world.boris.beseda.createMessage(id, { text: "Утром" }).write();
  await messageOf(anna, "Утром").waitFor();
  let tickets = 0;
  anna.on("request", (request) => {
    if (request.url().endsWith("/tickets")) tickets++;
  });
  await anna.clock.fastForward(8 * hour);
  await world.boris.beseda.createMessage(id, { text: "Вечером" }).write();
  await messageOf(anna, "Вечером").waitFor();
  expect(await fieldOf(anna).inputValue()).toBe("Начато и не");
  await type(anna, "Ночью");
  await messageOf(anna, "Ночью").getByRole("img").waitFor({ state: "detached" });
  // The session is over by the clock of the laptop and not by that of the server: each socket asks once.
  expect(tickets).toBeLessThanOrEqual(4);
});

test("a connection that died without a word is noticed, and what came meanwhile is there afterwards", async ({
  server,
  world,
  open,
}) => {
  const id = await roomOf(world);
  const anna = await open(world.anna, { path: `/c/${id}`, hasOwnClock: true });
  await fieldOf(anna).waitFor();
  await anna.waitForLoadState("networkidle");
  server.freeze();
  try {
    await type(anna, "В пустоту");
    // The question after the silence, the time for the answer, and the one for making a new connection.
    for (const seconds of [26, 11, 21]) await anna.clock.fastForward(seconds * 1_000);
    await connectionOf(anna).getByText("Offline: you see what was here at").waitFor();
  } finally {
    server.thaw();
  }
  await world.boris.beseda.createMessage(id, { text: "Снова здесь" }).write();
  await expect
    .poll(async () => {
      await skipPause(anna);
      return (await textsOn(anna)).sort();
    })
    .toEqual(["В пустоту", "Снова здесь"]);
  await connectionOf(anna).waitFor({ state: "detached" });
  const { items } = await world.boris.beseda.getMessages({ conversation: id });
  expect(items.map(({ text }) => text).sort()).toEqual(["В пустоту", "Снова здесь"]);
});

test("a session that ran out is asked for once more, then the page says so; the next sign-in leads back, with the draft", async ({
  world,
  open,
}) => {
  const id = await roomOf(world);
  const anna = await open(world.anna, { path: `/c/${id}`, claims: { seconds: 6 } });
  await fieldOf(anna).fill("Начато и не");
  await anna.getByRole("heading", { name: "Your session has ended" }).waitFor({ timeout: 20_000 });
  await anna.goto(await world.anna.signInAddress());
  await anna.getByRole("heading", { name: "Склад" }).waitFor();
  expect(new URL(anna.url()).pathname).toBe(`/c/${id}`);
  expect(await fieldOf(anna).inputValue()).toBe("Начато и не");
  await anna.getByRole("link", { name: "Conversations" }).click();
  await anna.goto(await world.anna.signInAddress());
  await rowOf(anna, "Склад").waitFor();
  expect(new URL(anna.url()).pathname).toBe("/");
});

test("whoever is taken out of an open conversation is told, and finds the way back", async ({ world, open }) => {
  const [room] = await Promise.all(
    ["Склад", "Касса"].map((title) =>
      world.anna.beseda.createConversation({ title, members: [world.boris.id] }).write(),
    ),
  );
  for (const device of ["desktop", "phone"] as const) {
    const boris = await open(world.boris, { path: `/c/${room?.id}`, device });
    await fieldOf(boris).fill("Начато и не");
    await room?.removeMember(world.boris.id);
    await boris.getByRole("heading", { name: "This conversation is not available" }).waitFor();
    await boris.getByRole("main").getByRole("button", { name: "Conversations" }).click();
    await rowOf(boris, "Касса").waitFor();
    await rowOf(boris, "Склад").waitFor({ state: "detached" });
    expect(new URL(boris.url()).pathname).toBe("/");
    await room?.addMembers([world.boris.id]);
  }
});
