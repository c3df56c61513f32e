import { expect } from "vitest";
import { orderElement, test } from "../support/browser/host.ts";
import { messageOf, type } from "../support/browser/test.ts";

test("CNV-39 NTF-14 on a page of the application the command opens the object's conversation, which another reads in the site", async ({
  world,
  open,
  openHost,
}) => {
  const anna = await openHost(world.anna, { body: orderElement });
  const command = anna.getByRole("button", { name: "Conversation", exact: true });
  await command.click();
  await anna.getByRole("heading", { name: "No messages yet" }).waitFor();
  const panel = anna.getByRole("region", { name: "Conversation: Заказ 1041" });
  expect(await panel.locator("header").count()).toBe(0);
  expect(await world.anna.open({}, { contexts: ["*"] }).getContextConversation("/orders/1041")).toBeUndefined();

  await anna.getByRole("button", { name: "Nobody is notified" }).click();
  await anna.getByRole("combobox", { name: "Choose people to notify" }).fill("бор");
  await anna.getByRole("option", { name: "Борис" }).click();
  await type(anna, "Клиент просит доставить до обеда");
  await messageOf(anna, "Клиент просит доставить до обеда").waitFor();

  const about = await world.boris.open({}, { contexts: ["*"] }).getContextConversation("/orders/1041");
  expect(about?.title).toBe("Заказ 1041");
  const boris = await open(world.boris, { path: "/notifications", claims: { contexts: ["/orders/*"] } });
  await boris.getByText("Клиент просит доставить до обеда").first().click();
  await type(boris, "Успеем");
  await messageOf(anna, "Успеем").getByText("Борис").waitFor();

  await command.click();
  expect(await anna.getByRole("log").count()).toBe(0);
  await command.click();
  await messageOf(anna, "Успеем").waitFor();
});

test("CNV-32 CNV-41 the view of an object has its conversation; auto, show and dont-show say where the command is", async ({
  world,
  openHost,
}) => {
  const { id = "" } = await world.anna
    .open({}, { contexts: ["*"] })
    .createConversation({ conversationContext: "/orders/1041" })
    .write();
  await world.anna
    .open({}, { contexts: ["*"] })
    .createMessage(id, { text: "Уже здесь" })
    .write();
  const boris = await openHost(world.boris, {
    body: `
      <section aria-label="auto">${orderElement}</section>
      <section aria-label="no object"><beseda-conversation></beseda-conversation></section>
      <section aria-label="not saved"><beseda-conversation representation="show"></beseda-conversation></section>
      <section aria-label="off"><beseda-conversation context="/orders/1041" representation="dont-show"></beseda-conversation></section>`,
  });
  const commandIn = (name: string) => boris.getByRole("region", { name }).getByRole("button", { name: "Conversation" });
  await commandIn("auto").click();
  await messageOf(boris, "Уже здесь").waitFor();
  await commandIn("not saved").click();
  await boris.getByRole("heading", { name: "Nothing to talk about yet" }).waitFor();
  expect(await commandIn("no object").count()).toBe(0);
  expect(await commandIn("off").count()).toBe(0);
  await boris.locator("[representation=dont-show]").evaluate((element) => element.removeAttribute("representation"));
  await commandIn("off").waitFor();
});

test("CNV-40 a view that blocks its owner has no command, whatever it asks for; one that does not block has it", async ({
  world,
  openHost,
}) => {
  const shown = `<beseda-conversation context="/orders/1041" representation="show"></beseda-conversation>`;
  const boris = await openHost(world.boris, {
    body: `
      <dialog aria-label="order">${shown}</dialog>
      <section aria-label="blocking" aria-modal="true">${shown}</section>
      <section aria-label="free">${shown}</section>`,
  });
  const commandsIn = (name: string) => boris.locator(`[aria-label="${name}"] button`);
  await commandsIn("free").waitFor();
  expect(await commandsIn("blocking").count()).toBe(0);
  const dialog = boris.locator("dialog");
  await dialog.evaluate((element: HTMLDialogElement) => element.show());
  await commandsIn("order").waitFor();
  await dialog.evaluate((element: HTMLDialogElement) => {
    element.close();
    element.showModal();
  });
  await expect.poll(() => commandsIn("order").count()).toBe(0);
  await dialog.evaluate((element: HTMLDialogElement) => element.close());
  await boris.locator("[aria-modal]").evaluate((element) => element.removeAttribute("aria-modal"));
  await commandsIn("blocking").waitFor();
});

test("CNV-3 an object that the user may not read is calmly said to be for others, and so it is once the right is gone", async ({
  world,
  openHost,
}) => {
  const vera = await openHost(world.vera, { body: orderElement, claims: { contexts: ["/orders/1042"] } });
  await vera.getByRole("button", { name: "Conversation" }).click();
  await vera.getByRole("heading", { name: "This conversation is for others" }).waitFor();
  expect(await vera.getByRole("textbox").count()).toBe(0);

  const boris = await openHost(world.boris, { body: orderElement });
  await boris.getByRole("button", { name: "Conversation" }).click();
  await type(boris, "Пока можно");
  await messageOf(boris, "Пока можно").waitFor();
  const token = await world.application.mintApplicationToken({ privileged: true });
  await fetch(`${world.origin}/api/v1/context-revocations`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "beseda-privileged": "1", "content-type": "application/json" },
    body: JSON.stringify({ conversationContext: "/orders/1041" }),
  });
  await boris.getByRole("heading", { name: "This conversation is for others" }).waitFor();
});

test("a token that has run out is asked for again; when there is none any more, the page says so and goes on after another sign-in", async ({
  world,
  openHost,
}) => {
  let isSignedIn = true;
  let asked = 0;
  const boris = await openHost(world.boris, {
    body: orderElement,
    getToken: async () => {
      asked++;
      return isSignedIn ? world.boris.token({ contexts: ["*"], seconds: 4 }) : undefined;
    },
  });
  await boris.getByRole("button", { name: "Conversation" }).click();
  await type(boris, "Первое");
  await messageOf(boris, "Первое").waitFor();
  await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(1);
  isSignedIn = false;
  await boris.getByRole("heading", { name: "You are signed out" }).waitFor({ timeout: 20_000 });
  isSignedIn = true;
  await boris.getByRole("button", { name: "Try again" }).click();
  await messageOf(boris, "Первое").waitFor();
});

test("an element that takes the place of another hears what comes, although the other goes after it", async ({
  world,
  openHost,
}) => {
  const beseda = world.anna.open({}, { contexts: ["*"] });
  const { id = "" } = await beseda.createConversation({ conversationContext: "/orders/1041" }).write();
  await beseda.createMessage(id, { text: "До смены вида" }).write();
  const boris = await openHost(world.boris, { body: orderElement.replace(">", " open>") });
  await messageOf(boris, "До смены вида").waitFor();
  await boris.evaluate(() => {
    const former = document.querySelector("beseda-conversation") as HTMLElement;
    former.after(former.cloneNode());
  });
  await expect.poll(() => boris.getByText("До смены вида").count()).toBe(2);
  await boris.evaluate(() => document.querySelector("beseda-conversation")?.remove());
  await beseda.createMessage(id, { text: "После неё" }).write();
  await messageOf(boris, "После неё").waitFor();
});

test("SUB-33 a handler of the page hears of what the user has typed in the embedded conversation", async ({
  world,
  openHost,
}) => {
  const boris = await openHost(world.boris, {
    body: `${orderElement}<output></output>`,
    script: `beseda.attachAfterSendMessageHandler((message, conversation) => {
      document.querySelector("output").textContent = conversation.conversationContext + ": " + message.text;
    });`,
  });
  await boris.getByRole("button", { name: "Conversation" }).click();
  await type(boris, "? сколько на складе");
  await boris.getByText("/orders/1041: ? сколько на складе").waitFor();
});
