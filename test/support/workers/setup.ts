import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, vi } from "vitest";

const isDirectoryLeft = () =>
  env.DIRECTORY.prepare("SELECT 1 FROM sqlite_master WHERE name = 'applications'").first<number>();

beforeEach(() => applyD1Migrations(env.DIRECTORY, env.TEST_MIGRATIONS));
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  // While an object is busy, a reset now and then leaves the directory as it was.
  do await reset();
  while (await isDirectoryLeft());
});
