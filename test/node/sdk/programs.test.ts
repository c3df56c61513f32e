import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { root } from "../../../tools/build.ts";
import { DemoFolder } from "../../support/node/programs.ts";
import { test as base } from "../../support/node/test.ts";

const test = base.extend("demo", { scope: "file" }, async ({ server }, { onCleanup }) => {
  const demo = await DemoFolder.on(server.origin);
  onCleanup(() => demo.remove());
  return demo;
});

const samples = join(root, "samples");
const programs = readdirSync(samples).filter(
  (file) => file.endsWith(".ts") && !["demo.ts", "service-conversation.ts"].includes(file),
);

test.for([
  ["SUB-25", "subscribe.ts", /Борис received: Проверка связи/],
  ["SUB-26", "restart-clients.ts", /^Борис restarts\.\n$/],
  ["SUB-30", "restart-in-browser.ts", /The page asks: .*\nThe page reloads\.\n.*Коллеги, завтра в десять/],
  ["SUB-29", "command-channel.ts", /^Борис restarts\.\n$/],
  ["SUB-31", "service-actions.ts", /Резервное копирование\. Please save your work/],
  ["SUB-31", "long-task.ts", /^25 %\n50 %\n75 %\n100 %\n$/],
  ["SUB-38", "robot.ts", /^Есть кто живой\n\?\nЯ робот!\n$/],
  ["USR-15", "synchronise-users.ts", /Created: 1, blocked: 0/],
] as const)("%s the sample %s plays its scene against the running demo", async ([, sample, printed], { demo }) => {
  expect(await demo.play(sample)).toMatch(printed);
});

test("REG-9 the sample that registers an application from the command line takes the code from the person", async ({
  server,
  demo,
}) => {
  const file = join(demo.path, "new.json");
  const email = "director@vasilek.example";
  const program = spawn(process.execPath, [join(samples, "register.ts"), server.origin, email, "Василёк", file]);
  let printed = "";
  for await (const line of createInterface(program.stdout)) {
    printed += `${line}\n`;
    if (printed.split("\n").length > 2) continue;
    const { items } = (await (await fetch(`${server.origin}/local/mail?to=${email}`)).json()) as {
      items: { text: string }[];
    };
    program.stdin.write(`${/: (\d{8})/.exec(items[0]?.text ?? "")?.[1]}\n`);
  }
  expect(printed).toContain("Registered as");
  expect(JSON.parse(readFileSync(file, "utf8")).record.infoBaseName).toBe("Василёк");
});

test("SUB-32 every sample says that it demonstrates a feature and is no finished tool", () => {
  const readme = readFileSync(join(samples, "README.md"), "utf8");
  expect(readme).toMatch(/demonstrate features and are no finished tools/);
  for (const program of programs) {
    expect(readFileSync(join(samples, program), "utf8").replaceAll(/\s+\*?\s*/g, " "), program).toMatch(
      /demonstrates a feature and is not a finished tool/,
    );
    expect(readme).toContain(`[${program}](${program})`);
  }
});

test("SUB-30 the samples that restart a client caution against it", () => {
  for (const program of ["restart-clients.ts", "restart-in-browser.ts", "command-channel.ts", "README.md"]) {
    expect(readFileSync(join(samples, program), "utf8").replaceAll(/\s+\*?\s*/g, " "), program).toMatch(
      /in the middle of a user's work is bad practice/,
    );
  }
});
