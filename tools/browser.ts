import { execFileSync } from "node:child_process";
import { type Browser, chromium } from "playwright-core";

/** Without what a browser does for itself: no crash reports, no updates, no other hosts. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where the system has its Chromium. @throws when there is none, saying what to install */
function chromiumPath(): string {
  try {
    return execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();
  } catch {
    throw new Error("Tests in a browser need Chromium. Install it: apt-get install --yes chromium");
  }
}

export const openBrowser = (...more: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: [...flags, ...more] });
