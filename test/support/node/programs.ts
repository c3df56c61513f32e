import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { prepareDemo } from "../../../demo/prepare.ts";
import { root } from "../../../tools/build.ts";

const run = promisify(execFile);

/** A place where samples find the demo application of a server, as they do after `npm start`. */
export class DemoFolder {
  readonly path = mkdtempSync(join(tmpdir(), "demo-"));

  static async on(origin: string): Promise<DemoFolder> {
    const folder = new DemoFolder();
    await prepareDemo(origin, folder.path);
    return folder;
  }

  /** Runs a sample to its end. @returns what it printed @throws when it fails */
  async play(sample: string, ...parameters: string[]): Promise<string> {
    const { stdout, stderr } = await run(process.execPath, [join(root, "samples", sample), ...parameters], {
      env: { ...process.env, BESEDA_DEMO: join(this.path, "demo.json") },
      timeout: 60_000,
    });
    return stdout + stderr;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
