import { expect } from "vitest";
import { violationsOn } from "../support/browser/axe.ts";
import { heardOn, test } from "../support/browser/hooked.ts";
import { fieldOf, messageOf, type } from "../support/browser/test.ts";

test("USR-30 USR-33 USR-37 the drop-down shows what the hooks make of the list; a group brings all of its users", async ({
  world,
  openHooked,
  order,
}) => {
  const { id, ids, server } = order;
  const page = await openHooked(world.anna, {
    ids,
    setUp: ({ borisUuid = "", vera = "" }) => {
      host.view.usersAutoComplete = ({ choiceData, text, choicePurpose, form }) => {
        host.heard.push([text, choicePurpose, form?.id, choiceData.length]);
        choiceData.push({ value: "", label: `<img src=x onerror="alert(1)">` });
      };
      host.hooks.usersAutoComplete = async (choosing) => {
        await Promise.resolve();
        choosing.choiceData.push({ value: [borisUuid, vera] }, { value: [vera], label: "Склад" }, 5 as never);
      };
    },
  });
  page.on("dialog", () => expect.fail("a label ran"));
  await page.getByRole("button", { name: "Nobody is notified" }).click();
  const field = page.getByRole("combobox", { name: "Choose people to notify" });
  await field.fill("вер");
  const options = page.getByRole("option");
  await options.first().waitFor();
  expect(await options.locator(".cut").allTextContents()).toEqual([
    "Вера Сергеевна Дымова",
    `<img src=x onerror="alert(1)">`,
    "Борис Петрович Громов, Вера Сергеевна Дымова",
    "Склад",
  ]);
  expect(await heardOn(page)).toEqual([["вер", "MessageRecipient", "order", 1]]);
  expect(await violationsOn(page)).toEqual([]);
  await options.nth(2).click();
  await page.getByRole("button", { name: "Notify: Борис, Вера" }).waitFor();
  await type(page, "Посмотрите оба");
  await messageOf(page, "Посмотрите оба").waitFor();
  await field.fill("вер");
  // Who is chosen is not proposed again.
  await options.nth(0).click();
  await page.getByRole("button", { name: "Nobody is notified" }).waitFor();
  const [message] = (await server.getMessages({ conversation: id })).items;
  expect(message?.recipients).toEqual([world.boris.id, world.vera.id]);
});

test("USR-38 USR-40 USR-41 a picker of the host's opens by Show all and hands back several; without one there is no link", async ({
  world,
  openHooked,
  order,
}) => {
  const { ids } = order;
  const page = await openHooked(world.anna, {
    ids,
    css: "beseda-conversation { display: block; inline-size: 420px; }",
    setUp: ({ borisUuid = "", vera = "" }) => {
      class People extends HTMLElement {
        opening: unknown;
        connectedCallback() {
          const { choicePurpose, form, parameters } = this.opening as { choicePurpose: string } & Record<string, never>;
          host.heard.push([choicePurpose, (form as unknown as HTMLElement).id, parameters]);
          const button = document.createElement("button");
          button.textContent = "Весь склад";
          button.onclick = () => this.dispatchEvent(new CustomEvent("choice", { detail: [borisUuid, 5, vera, ""] }));
          this.append(button);
        }
      }
      customElements.define("romashka-people", People);
    },
  });
  await page.getByRole("button", { name: "Nobody is notified" }).click();
  const field = page.getByRole("combobox", { name: "Choose people to notify" });
  await field.fill("бор");
  await page.getByRole("option", { name: "Борис" }).waitFor();
  expect(await page.getByRole("option", { name: "Show all" }).count()).toBe(0);

  await page.evaluate(() => {
    host.hooks.defaultUsersChoiceForm = "romashka-people";
  });
  await field.fill("никто");
  await page.getByRole("option", { name: "Show all" }).waitFor();
  await field.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Choose people" });
  await dialog.waitFor();
  // It is as wide as a window of that size has it, however narrow the conversation is.
  expect((await dialog.boundingBox())?.width).toBe(480);
  expect(await violationsOn(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Весь склад" }).click();
  await page.getByRole("button", { name: "Notify: Борис, Вера" }).waitFor();
  expect(await dialog.count()).toBe(0);
  const parameters = { choiceMode: true, multipleChoice: true, closeOnOwnerClose: true };
  expect(await heardOn(page)).toEqual([["MessageRecipient", "order", parameters]]);
});

test("USR-39 a hook names a function as the picker, whose answer is the choice", async ({
  world,
  openHooked,
  order,
}) => {
  const { ids } = order;
  const page = await openHooked(world.anna, {
    ids,
    setUp: ({ vera = "" }) => {
      host.hooks.defaultUsersChoiceForm = () => host.heard.push("asked");
      host.view.usersChoiceForm = (choosing) => {
        choosing.parameters.multipleChoice = false;
        choosing.chosenForm = async ({ parameters }) => {
          host.heard.push(parameters.multipleChoice);
          return vera;
        };
        choosing.standardProcessing = false;
      };
    },
  });
  await page.getByRole("textbox", { name: "Write a message" }).pressSequentially("Спроси @ве");
  await page.getByRole("option", { name: "Show all" }).click();
  await page.getByRole("button", { name: "Notify: Вера" }).waitFor();
  expect(await page.getByRole("textbox", { name: "Write a message" }).inputValue()).toBe("Спроси @Вера ");
  expect(await heardOn(page)).toEqual([false]);
});

test("USR-30 what is typed and chosen while a picker of the host's is open stays", async ({
  world,
  openHooked,
  order,
}) => {
  const page = await openHooked(world.anna, {
    ids: order.ids,
    setUp: ({ boris = "" }) => {
      host.hooks.defaultUsersChoiceForm = () =>
        new Promise((resolve) => document.addEventListener("dblclick", () => resolve(boris), { once: true }));
    },
  });
  await page.getByRole("button", { name: "Nobody is notified" }).click();
  const field = page.getByRole("combobox", { name: "Choose people to notify" });
  await field.fill("вер");
  await page.getByRole("option", { name: "Show all" }).click();
  await fieldOf(page).fill("Готово");
  await field.fill("вер");
  await page.getByRole("option", { name: "Вера" }).click();
  await page.getByRole("button", { name: "Notify: Вера" }).waitFor();
  await page.locator("main h1").dispatchEvent("dblclick");
  await page.getByRole("button", { name: "Notify: Вера, Борис" }).waitFor();
  expect(await fieldOf(page).inputValue()).toBe("Готово");
});
