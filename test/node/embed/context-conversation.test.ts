import { expect, test } from "vitest";
import { type Collaboration, CollaborationError, connect } from "../../../src/sdk/client/index.ts";
import { ContextConversation } from "../../../web/embed/context-conversation.ts";
import { test as inWorld } from "../../support/node/test.ts";
import type { Person } from "../../support/node/world.ts";

const context = "/orders/1041";
const of = (beseda: Collaboration) => new ContextConversation(beseda, context, () => "Заказ");

/** A page of this person: the code of pages knows the client from its source. */
const pageOf = (person: Person, contexts = ["*"]): Collaboration => connect(() => person.token({ contexts }));

inWorld("CNV-4 two people who write first at the same moment end in one conversation", async ({ world }) => {
  const [anna, boris] = [world.anna, world.boris].map((person) => of(pageOf(person)));
  await Promise.all([anna?.find(), boris?.find()]);
  expect([anna?.state, boris?.state]).toEqual(["none", "none"]);
  const [first, second] = await Promise.all([anna?.reach(), boris?.reach(), anna?.reach()]);
  expect(first).toBe(second);
  expect([anna?.state, boris?.state]).toEqual(["found", "found"]);
});

inWorld(
  "CNV-31 whoever may not read the object is told so, whether or not there is a conversation",
  async ({ world }) => {
    const vera = pageOf(world.vera, ["/orders/1042"]);
    const before = of(vera);
    await before.find();
    await pageOf(world.anna).createConversation({ conversationContext: context }).write();
    const after = of(vera);
    await after.find();
    expect([before.state, after.state]).toEqual(["closed", "closed"]);
    await expect(vera.getConversations({ conversationContext: context })).rejects.toMatchObject({ code: "forbidden" });
    expect(await vera.getContextConversation(context)).toBeUndefined();
  },
);

test("a lost answer leaves what was typed where it is, and the next try makes the conversation", async () => {
  let tries = 0;
  const source = {
    getConversations: async () => ({ items: [] }),
    createConversation: () => ({
      write: async () => {
        if (++tries === 1) throw new CollaborationError({ code: "network", detail: "The server cannot be reached" });
        return { id: "made" };
      },
    }),
  };
  const about = of(source as unknown as Collaboration);
  await about.find();
  await expect(about.reach()).rejects.toMatchObject({ code: "network" });
  expect(about.state).toBe("none");
  expect(await about.reach()).toBe("made");
});
