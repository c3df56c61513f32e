import { expect } from "vitest";
import { test } from "../support/browser/host.ts";
import { command, messageOf, type } from "../support/browser/test.ts";
import { textOf } from "../support/node/tree.ts";

const guide = textOf("docs/guide/embedding.md");

/** All code of the guide in one language, in the order in which it stands there. */
const codeIn = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)\\n\`\`\`$`, "gms"))].map(([, code = ""]) => code);

/** The code of the server in the guide, as a function of what stands around it there. */
type Answer = { writeHead(status: number, headers: object): { end(text: string): void } };
const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (application: unknown, infoBaseUserId: string, name: string, response: Answer) => Promise<void>;

test("a page made of nothing but the examples of the guide works as the guide says", async ({ world, openHost }) => {
  const { anna, origin, application } = world;
  const here = (text: string) =>
    text.replaceAll("https://beseda.example", origin).replaceAll("wss://beseda.example", origin.replace("http", "ws"));
  const [toggling = "", connecting = "", ...others] = codeIn("js");
  const [serverCode = ""] = codeIn("ts");
  const [policy = ""] = codeIn("text");
  expect([codeIn("html").length, codeIn("css").length, codeIn("ts").length, others.length]).toEqual([1, 1, 1, 3]);
  const server = await world.privileged
    .createConversation({ key: "orders-changed", displayed: false, members: [anna.id] })
    .write();

  const page = await openHost(anna, {
    body: `${codeIn("html")}<output></output>`,
    css: codeIn("css").join("\n"),
    // Nothing but the guide's own policy stands between the page and everything else.
    policy: `default-src 'none'; style-src 'self'; base-uri 'none'; ${here(policy)}`,
    ownScript: [
      here(connecting),
      "const said = (text) => document.querySelector('output').append(text + '; ');",
      "const askTheServerToAnswer = (context) => said('asked about ' + context);",
      "const askToReload = () => said('asked to reload');",
      "const makeTask = (text) => said('task: ' + text);",
      `const teamOfTheOrder = ["${world.boris.infoBaseUserId}", "${world.vera.id}"];`,
      toggling,
      ...others.map(here),
    ].join("\n"),
    getToken: () =>
      new Promise((resolve, reject) => {
        const response: Answer = { writeHead: () => ({ end: resolve }) };
        const run = new AsyncFunction("application", "infoBaseUserId", "name", "response", serverCode);
        run(application, anna.infoBaseUserId, anna.name, response).catch(reject);
      }),
  });
  await page.getByRole("heading", { name: "No messages yet" }).waitFor();
  expect(await page.title()).toBe("Order 1041, conversation open");
  await type(page, "? остаток");
  await messageOf(page, "? остаток").waitFor();
  await page.getByText("asked about /orders/1041;").waitFor();
  await command(page, "? остаток", "Make a task");
  await page.getByText("task: ? остаток;").waitFor();
  await page.getByRole("button", { name: "Nobody is notified" }).click();
  await page.getByRole("combobox", { name: "Choose people to notify" }).fill("заказ");
  await page.getByRole("option", { name: "Everybody at the order" }).click();
  await page.getByRole("button", { name: "Notify: Борис, Вера" }).waitFor();
  await world.privileged.createMessage(server.id ?? "", { data: { order: "/orders/1041" }, author: anna.id }).write();
  await page.getByText("asked to reload;").waitFor();
  const height = await page
    .getByRole("region", { name: "Conversation: Order 1041" })
    .evaluate((panel: HTMLElement) => panel.offsetHeight);
  expect(height).toBe(480);
});

test("the stable address is asked for again after five minutes, what it names is kept for ever, and any page may load both", async ({
  world,
}) => {
  const [stable, named] = [await fetch(`${world.origin}/embed.js`), /"\.(\/embed\/[\w-]+\.js)"/];
  const code = await fetch(world.origin + (named.exec(await stable.text())?.[1] ?? ""));
  const headersOf = ({ headers }: Response) =>
    ["content-type", "access-control-allow-origin", "cache-control"].map((name) => headers.get(name));
  expect(headersOf(stable)).toEqual(["text/javascript; charset=utf-8", "*", "public, max-age=300"]);
  expect(headersOf(code)).toEqual(["text/javascript; charset=utf-8", "*", "public, max-age=31536000, immutable"]);
});

test("the guide names every attribute and property that the element has, and no other", () => {
  const attributes = /observedAttributes = \[([^\]]+)\]/.exec(textOf("web/embed/element.tsx"))?.[1] ?? "";
  const names = [...attributes.matchAll(/"([\w-]+)"/g)].map(([, name]) => name);
  const [attributeTable = "", propertyTable = ""] = guide.match(/^\| (?:attribute|property) .*?(?=\n\n)/gms) ?? [];
  const firsts = (table: string) => [...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name);
  expect(firsts(attributeTable)).toEqual(names);
  const used = new Set(textOf("web/embed/embed.css").match(/--beseda-[\w-]+/g));
  expect(new Set(firsts(propertyTable))).toEqual(used);
});
