import { expect } from "vitest";
import { test } from "../support/workers/world.ts";

test("MSG-9 a new message reaches everybody who has the conversation open", async ({ world }) => {
  const { anna, boris, vera } = world;
  const room = await anna.converse({ title: "Склад", members: [boris.id, vera.id] });
  const line = await boris.live(room.id);
  expect((await line.next("hello")).conversation.title).toBe("Склад");
  const message = await vera.say(room.id, "Привет");
  expect((await line.event("message")).message).toEqual(message);
});
