import { test as base } from "vitest";
import { Server } from "./server.ts";
import { openWorld } from "./world.ts";

/** A server for each file, an application for each test. */
export const test = base
  .extend(
    "server",
    { scope: "file" },
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to find what a fixture needs
    async ({}, { onCleanup }) => {
      const server = await new Server().start();
      onCleanup(() => server.stop());
      return server;
    },
  )
  .extend("world", async ({ server }, { onCleanup }) => {
    const world = await openWorld(server.origin);
    onCleanup(() => world.close());
    return world;
  });
