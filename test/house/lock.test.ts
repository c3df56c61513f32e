import { expect, test } from "vitest";
import { completed, missingFrom, readLock } from "../../tools/complete-lock.ts";

test("the lock file names every optional package, so that npm ci takes it on any machine", () => {
  expect(missingFrom(readLock()).map(({ name }) => `${name}: npm run lock`)).toEqual([]);
});

test("a missing platform package is entered with the platform that its name tells", () => {
  const packages = {
    "node_modules/tool": {
      dev: true,
      optionalDependencies: { "@tool/linux-x64-musl": "1.2.3", "tool-windows-64": "1.2.3" },
    },
  };
  const lock = completed({ packages });
  expect(lock.packages["node_modules/@tool/linux-x64-musl"]).toEqual({
    version: "1.2.3",
    cpu: ["x64"],
    dev: true,
    libc: ["musl"],
    optional: true,
    os: ["linux"],
  });
  expect(lock.packages["node_modules/tool-windows-64"]).toMatchObject({ os: ["win32"], cpu: ["x64"] });
  expect(missingFrom(lock)).toEqual([]);
});

test("another version for one package alone is entered below that package", () => {
  const packages = {
    "node_modules/tool-linux-x64": { version: "2.0.0" },
    "node_modules/old": { optionalDependencies: { "tool-linux-x64": "1.0.0" } },
  };
  expect(missingFrom({ packages }).map(({ path }) => path)).toEqual(["node_modules/old/node_modules/tool-linux-x64"]);
});

test("what cannot be told from the name is not guessed", () => {
  const packages = { "node_modules/tool": { optionalDependencies: { "tool-extras": "1.0.0" } } };
  expect(() => completed({ packages })).toThrow("tool-extras@1.0.0");
});
