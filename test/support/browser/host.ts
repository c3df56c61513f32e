import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import type { Person } from "../node/world.ts";
import { test as base, type Opening, openWindow } from "./test.ts";

export interface HostPage extends Pick<Opening, "device" | "colorScheme" | "locale" | "claims"> {
  /** What stands in its main part. */
  body: string;
  /** A style sheet of its own. */
  css?: string;
  /** More of its script, which has `connect`, `hooks` and the connection `beseda`. */
  script?: string;
  language?: string;
  /** The whole of its script, in place of one that connects. */
  ownScript?: string;
  /** In place of the strictest policy. */
  policy?: string;
  /** In place of the person's token; nothing when nobody is signed in. */
  getToken?: () => Promise<string | undefined>;
}

/** A window with a page of another application, on an origin of its own. */
export type OpenHost = (person: Person, page: HostPage) => Promise<Page>;

/** The strictest rules under which a page can embed conversations: its own files, and the server. */
export const policyOf = (server: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${server}`,
    "style-src 'self'",
    `img-src ${server} blob:`,
    `media-src ${server}`,
    `connect-src 'self' ${server} ${server.replace("http", "ws")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");

async function serveHost(person: Person, { body, css = "", script = "", language = "en", ...page }: HostPage) {
  const { ownScript = scriptOf(person.origin, script), policy = policyOf(person.origin) } = page;
  const getToken = page.getToken ?? (() => person.token({ contexts: ["/orders/*"], ...page.claims }));
  const files: Record<string, [type: string, content: () => Promise<string | undefined>]> = {
    "/": ["text/html", async () => htmlOf(language, body)],
    "/page.css": ["text/css", async () => css],
    "/page.js": ["text/javascript", async () => ownScript],
    "/beseda-token": ["text/plain", getToken],
  };
  const server = createServer((request, response) => {
    const [type, content] = files[request.url ?? ""] ?? ["text/plain", async () => undefined];
    void content().then((text) => {
      response.setHeader("content-security-policy", policy);
      response.writeHead(text === undefined ? 404 : 200, { "content-type": `${type}; charset=utf-8` }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

const htmlOf = (language: string, body: string): string => `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Ромашка</title>
    
    <link rel="stylesheet" href="/page.css" />
    <script type="module" src="/page.js"></script>
  </head>
  <body><main><h1>Ромашка</h1>${body}</main></body>
</html>`;

const scriptOf = (server: string, more: string): string => `
import { connect, hooks } from "${server}/embed.js";
const beseda = connect({ getToken: () => fetch("/beseda-token").then((answer) => (answer.ok ? answer.text() : null)) });
${more}`;

/** As for the site, with a page of another application besides. */
export const test = base.extend("openHost", async ({ browser, world: _ }, { onCleanup }): Promise<OpenHost> => {
  const servers: Awaited<ReturnType<typeof serveHost>>[] = [];
  onCleanup(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });
  return async (person, page) => {
    const server = await serveHost(person, page);
    servers.push(server);
    const opened = await openWindow(browser, page);
    await opened.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return opened;
  };
});

export const orderElement = `<beseda-conversation context="/orders/1041" title="Заказ 1041"></beseda-conversation>`;
