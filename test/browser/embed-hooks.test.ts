import { expect } from "vitest";
import { orderElement, test } from "../support/browser/host.ts";
import { command, messageOf, type } from "../support/browser/test.ts";

/** The whole script of a page: the hooks of its view are there before the module is, those of the page come with it. */
const scriptOf = (server: string, warehouse: string[]): string => `
const said = (text) => document.querySelector("output").append(text + "; ");
const order = document.querySelector("beseda-conversation");
order.hooks = {
  usersAutoComplete: (choosing) => {
    choosing.choiceData = [{ value: ${JSON.stringify(warehouse)}, label: "Склад" }];
  },
};
const { connect, hooks } = await import("${server}/embed.js");
const beseda = connect({ getToken: () => fetch("/beseda-token").then((answer) => answer.text()) });
beseda.attachAfterSendMessageHandler((message, conversation) => {
  said("sent: " + message.text + " at " + conversation.conversationContext);
});
hooks.usersAutoComplete = ({ choiceData, choicePurpose, form, conversation }) => {
  said("asked: " + [choicePurpose, form === order, typeof conversation, choiceData.length]);
};
const followOrders = (forming, { path }) => {
  const { parameters, commands } = forming;
  if (parameters.source === "Message") commands.push({ command: ({ message }) => said("task: " + message.text), label: "В задачи" });
  if (parameters.source === "URL" && parameters.url.includes(path)) forming.defaultCommand = () => said("went to " + parameters.url);
};
hooks.attachGenerateCommandsHandler(followOrders, { path: "/orders/" });
order.addEventListener("dblclick", () => hooks.detachGenerateCommandsHandler(followOrders));
`;

test("USR-27 CMD-1 SUB-33 two people at an order: hooks of page and view choose whom to tell, make a task, and hear what was sent", async ({
  world,
  open,
  openHost,
}) => {
  const { anna, boris, vera, origin } = world;
  const page = {
    body: `${orderElement}<output></output>`,
    ownScript: scriptOf(origin, [boris.infoBaseUserId, vera.id]),
  };
  const annas = await openHost(anna, page);
  await annas.getByRole("button", { name: "Conversation", exact: true }).click();
  await annas.getByRole("button", { name: "Nobody is notified" }).click();
  await annas.getByRole("combobox", { name: "Choose people to notify" }).fill("скл");
  await annas.getByRole("option", { name: "Склад" }).click();
  await annas.getByRole("button", { name: "Notify: Борис, Вера" }).waitFor();
  await type(annas, "Замена: https://romashka.example/orders/1042");
  await annas
    .getByText("sent: Замена: https://romashka.example/orders/1042 at /orders/1041;")
    .waitFor({ state: "attached" });
  // There was no conversation yet when the name was typed.
  expect(await annas.locator("output").textContent()).toContain("asked: MessageRecipient,true,undefined,1;");

  const site = await open(boris, { path: "/notifications", claims: { contexts: ["/orders/*"] } });
  await site.getByText("Замена").first().waitFor();
  const boriss = await openHost(boris, page);
  await boriss.getByRole("button", { name: "Conversation", exact: true }).click();
  await command(boriss, "Замена", "В задачи");
  await messageOf(boriss, "Замена").getByRole("link").click();
  const heard = ["task: Замена: https://romashka.example/orders/1042", "went to https://romashka.example/orders/1042"];
  await expect.poll(() => boriss.locator("output").textContent()).toBe(`${heard.join("; ")}; `);
  expect(boriss.context().pages()).toHaveLength(1);

  await boriss.locator("beseda-conversation").dispatchEvent("dblclick");
  await messageOf(boriss, "Замена").click({ button: "right", position: { x: 4, y: 4 } });
  await boriss.getByRole("menuitem", { name: "Copy the text" }).waitFor();
  expect(await boriss.getByRole("menuitem", { name: "В задачи" }).count()).toBe(0);
});
