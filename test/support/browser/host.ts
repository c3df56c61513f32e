import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { root } from "../../../tools/build.ts";
import type { Person } from "../node/world.ts";
import type { HostPage } from "./host-page.tsx";
import { devices } from "./test.ts";

declare global {
  /** On the page of the host. */
  var host: HostPage;
}

/** The policy that the site's own pages have, with Beseda as another origin: it works on a careful host's page too. */
function policyFor(beseda: string): string {
  const [, policy = ""] =
    /Content-Security-Policy: (.+)/.exec(readFileSync(join(root, "web/public/_headers"), "utf8")) ?? [];
  return policy
    .replace("connect-src 'self'", `connect-src ${beseda} ${beseda.replace("http", "ws")}`)
    .replace(/(img|media)-src 'self'/g, `$1-src 'self' ${beseda}`);
}

async function bundle(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["test/support/browser/host-page.tsx"],
    outdir: "dist/host",
    bundle: true,
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    write: false,
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { script: textOf(".js"), style: textOf(".css") };
}

const html = `<!doctype html><html lang="en"><title>Ромашка</title><link rel="stylesheet" href="/page.css">
  <div id="host"></div><script type="module" src="/page.js"></script></html>`;

let served: Promise<string> | undefined;

/** The application's own server: the page is at home there, not at Beseda's. @returns its address */
function serve(beseda: string): Promise<string> {
  served ??= bundle().then(({ script, style }) => {
    const answers: Record<string, [contentType: string, body: string]> = {
      "/": ["text/html", html],
      "/page.css": ["text/css", style],
      "/page.js": ["text/javascript", script],
    };
    const server = createServer(({ url = "" }, answer) => {
      const [contentType, body] = answers[url] ?? ["text/plain", ""];
      answer.setHeader("content-type", `${contentType}; charset=utf-8`);
      answer.setHeader("content-security-policy", policyFor(beseda));
      answer.end(body);
    }).unref();
    return new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
    });
  });
  return served;
}

interface HostOpening {
  device?: keyof typeof devices;
  conversation: string;
  claims?: Parameters<Person["token"]>[0];
  /** Runs on the page before the conversation is opened. */
  setUp: (ids: Record<string, string>) => void;
  ids?: Record<string, string>;
}

/** Opens a conversation inside of the page of an application. */
export async function openHost(
  browser: Browser,
  person: Person,
  { device = "desktop", conversation, claims = {}, setUp, ids = {} }: HostOpening,
): Promise<Page> {
  const context = await browser.newContext({ ...devices[device], locale: "en" });
  context.setDefaultTimeout(8_000);
  const page = await context.newPage();
  await page.goto(await serve(person.origin));
  await page.waitForFunction(() => "host" in globalThis);
  await page.evaluate(setUp, ids);
  await page.evaluate(([token, id]) => host.open(token, id), [await person.token(claims), conversation] as const);
  return page;
}

export const heardOn = (page: Page): Promise<unknown[]> => page.evaluate(() => host.heard);
