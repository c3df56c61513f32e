import { expect } from "vitest";
import { rowOf, test } from "../support/browser/test.ts";

const hostile = [
  `<img src=x onerror="alert(1)">`,
  `"><script>alert(2)</script>`,
  "javascript:alert(3)//https://a.example",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is to look like a template of somebody else
  "{{constructor.constructor('alert(4)')()}} ${alert(5)}",
  "\u202Eотворот-тупёрт\u202C \u200B\u2066",
  "Ώ̸̛͖̞͘".repeat(30),
  "ОченьДлинноеСловоБезПробелов".repeat(6),
];

test("names, titles and texts that look like markup are shown as they are, run nothing and break no layout", async ({
  world,
  open,
}) => {
  const { beseda } = world.anna;
  for (const [index, text] of hostile.entries()) {
    await world.privileged.updateUser(world.vera.id, { name: text.slice(0, 255) });
    const title = text.slice(0, 255);
    const { id = "" } = await beseda.createConversation({ title, members: [world.boris.id, world.vera.id] }).write();
    const said = await world.vera.beseda.createMessage(id, { text }).write();
    await beseda.createMessage(id, { text: "Ответ", replyTo: said.n }).write();
    await world.vera.beseda.addReaction(said.id ?? "", "👍");
    // A token brings its own name along; this one comes after it.
    await world.privileged.updateUser(world.vera.id, { name: title });
    const boris = await open(world.boris, { path: `/c/${id}`, ...(index % 2 === 1 && { device: "phone" }) });
    boris.on("dialog", () => expect.fail(`${text} opened a dialog`));
    await boris.locator(".message .text").first().waitFor();
    expect(await boris.locator(".message .text").first().textContent()).toBe(text);
    expect((await boris.locator(".quote .quoted").textContent())?.slice(0, 30)).toBe(text.slice(0, 30));
    const who = boris.locator(".reaction");
    await expect.poll(() => who.getAttribute("title")).toBe(title);
    expect(await boris.locator("#conversation-title").textContent()).toBe(title);
    await boris.getByRole("button", { name: "Details" }).click();
    await boris.locator(".side-pane .person").first().waitFor();
    const { width, inner } = await boris.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      inner: window.innerWidth,
    }));
    expect(width).toBeLessThanOrEqual(inner);
    await boris.goto(`${world.origin}/`);
    await rowOf(boris, title.slice(0, 12)).waitFor();
    expect(await boris.evaluate(() => document.querySelectorAll("script:not([src]), img[src=x]").length)).toBe(0);
    await boris.context().close();
  }
});
