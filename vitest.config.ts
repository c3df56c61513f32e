import { join } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const migrations = await readD1Migrations(join(import.meta.dirname, "migrations/directory"));

/** Bindings of the tests: a secret, letters kept, callbacks to the tests' own addresses, nobody behind the queue. */
const miniflare = {
  bindings: {
    TEST_MIGRATIONS: migrations,
    BESEDA_SECRET: "a secret of the tests, long enough to be one",
    BESEDA_ORIGIN: "https://beseda.test",
    // Made for the tests alone.
    VAPID_PUBLIC_KEY: "BFED-Uk-s79jZ0syjPwdMl3NStM5HQjiFSRzTzeSfpxo8faY7UV9TM7LP1sCFmPNL6E-bTAJnjdZL9P8LmfkGrs",
    VAPID_PRIVATE_KEY: "Ml9WZ5gbNv8M7fc-OEGU5tn4FzElH8otIvbXjYF-_eo",
    MAIL_THROUGH: "local",
    POSTS_PER_SECOND: "100000",
    POSTS_BURST: "100000",
  },
  // Messages of the queue outlive a test; the consumer is called by hand instead.
  queueProducers: { JOBS: { queueName: "nobody" } },
  ratelimits: {
    CALLER_LIMIT: { namespace_id: "1001", simple: { limit: 100_000, period: 60 } },
    LINK_LIMIT: { namespace_id: "1003", simple: { limit: 100_000, period: 60 } },
    REGISTRATION_LIMIT: { namespace_id: "1002", simple: { limit: 100_000, period: 60 } },
    SEARCH_LIMIT: { namespace_id: "1003", simple: { limit: 100_000, period: 60 } },
  },
};

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/report.ts"],
    projects: [
      {
        plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml" }, miniflare: miniflare as never })],
        test: {
          name: "workers",
          include: ["test/workers/**/*.test.ts"],
          setupFiles: ["./test/support/workers/setup.ts"],
          // One runtime for all files; storage is emptied after each test (a quarter of the time of a runtime for each).
          isolate: false,
          fileParallelism: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "node",
          include: ["test/node/**/*.test.ts", "test/house/**/*.test.ts"],
          globalSetup: ["./test/support/node/build.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          // What a page shows may take a while on a busy machine.
          expect: { poll: { timeout: 10_000 } },
          globalSetup: ["./test/support/node/build.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
