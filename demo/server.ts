import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { Application } from "beseda/server";
import { build } from "esbuild";
import { answerAbout } from "./answering.ts";
import { Orders, statuses } from "./orders.ts";
import { missingPage, orderPage, ordersPage, type Visit } from "./pages.ts";
import { mayRead, people } from "./people.ts";
import { askToReload, makeReloadConversation } from "./reload.ts";
import { type Language, languages, wantedLanguage } from "./words.ts";

export interface DemoOptions {
  /** The application as `beseda/server` knows it: registered. */
  application: Application;
  /** Address of Beseda. */
  beseda: string;
  /** Where the state of the orders is kept. */
  folder: string;
  /** The first port to try; 0 = any free one. */
  port: number;
}

const portsTried = 20;

/**
 * The demo application: orders, each with its conversation beside it. Its own part of the work is small: it says who is
 * signed in, hands out tokens for that person, and decides who may read which order.
 * @returns its address, and a way to end it
 */
export async function openDemo(options: DemoOptions): Promise<{ origin: string; close(): Promise<void> }> {
  const host = new Host(options, await pageScript());
  await makeReloadConversation(options.application, people[0]?.infoBaseUserId ?? "");
  const server = createServer((request, response) => void host.answer(request, response));
  const port = await listen(server, options.port);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, close };
}

/** Answers requests of browsers. Who is signed in stands in a cookie: in a demo anybody may be anybody. */
class Host {
  readonly #options: DemoOptions;
  readonly #orders: Orders;
  readonly #files: Record<string, [type: string, content: string]>;

  constructor(options: DemoOptions, script: string) {
    this.#options = options;
    this.#orders = new Orders(join(options.folder, "order-changes.json"));
    this.#files = {
      "/page.js": ["text/javascript", script],
      "/page.css": ["text/css", readFileSync(join(import.meta.dirname, "page/page.css"), "utf8")],
      "/icon.svg": ["image/svg+xml", readFileSync(join(import.meta.dirname, "page/icon.svg"), "utf8")],
    };
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headersOf(this.#options.beseda))) response.setHeader(name, value);
    try {
      if (request.method === "POST") await this.#change(request, response);
      else await this.#show(request, response);
    } catch (error) {
      console.error(error);
      response.writeHead(500, { "content-type": "text/plain" }).end("Something went wrong");
    }
  }

  async #show(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const visit = this.#visitOf(request);
    const file = this.#files[visit.path];
    if (file) return void response.writeHead(200, { "content-type": `${file[0]}; charset=utf-8` }).end(file[1]);
    if (visit.path === "/beseda-token") {
      const token = await this.#options.application.mintUserToken({ ...visit.person, seconds: 900 });
      return void response.writeHead(200, { "content-type": "text/plain" }).end(token);
    }
    const order = this.#orders.at(visit.path);
    const page =
      visit.path === "/"
        ? ordersPage(visit, this.#orders)
        : order
          ? orderPage(visit, order, this.#orders)
          : missingPage(visit);
    const isThere = visit.path === "/" || order !== undefined;
    response.writeHead(isThere ? 200 : 404, { "content-type": "text/html; charset=utf-8" }).end(String(await page));
  }

  async #change(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const visit = this.#visitOf(request);
    const { path, person } = visit;
    const form = await formOf(request);
    if (path.startsWith("/orders/")) return this.#changeOrder(visit, form, response);
    if (path === "/person" && people.some(({ name }) => name === form.get("person")))
      response.setHeader("set-cookie", cookie("person", form.get("person") ?? ""));
    else if (path === "/language" && (form.get("language") ?? "") in languages)
      response.setHeader("set-cookie", cookie("language", form.get("language") ?? ""));
    else if (path === "/reload") await askToReload(this.#options.application, person.infoBaseUserId);
    else return refuse(response);
    response.writeHead(303, { location: pathIn(form.get("path")) }).end();
  }

  /** What the form on an order's page asks for, and what the page's script does when it is asked by a conversation. */
  async #changeOrder(visit: Visit, form: URLSearchParams, response: ServerResponse): Promise<void> {
    const [, url = "", change] = /^(\/orders\/\d+)\/(\w+)$/.exec(visit.path) ?? [];
    const order = this.#orders.at(url);
    if (!order || !mayRead(visit.person, url)) return refuse(response);
    const status = statuses.find((one) => one === form.get("status"));
    const text = form.get("text")?.trim();
    if (change === "status" && status) {
      this.#orders.setStatus(order, status);
      return void response.writeHead(303, { location: url }).end();
    }
    if (change === "tasks" && text) this.#orders.addTask(order, text);
    else if (change === "answer") await answerAbout(this.#options.application, visit, order, this.#orders);
    else return refuse(response);
    response.writeHead(204).end();
  }

  #visitOf({ url = "/", headers }: IncomingMessage): Visit {
    const cookies = new Map(
      (headers.cookie ?? "").split("; ").map((pair) => {
        const [name = "", value = ""] = pair.split("=");
        return [name, decodeURIComponent(value)] as const;
      }),
    );
    const [first] = people;
    const person = people.find(({ name }) => name === cookies.get("person")) ?? first;
    if (!person) throw new Error("Nobody works here");
    const chosen = cookies.get("language") ?? "";
    const language = chosen in languages ? (chosen as Language) : wantedLanguage(headers["accept-language"] ?? "");
    return { person, language, beseda: this.#options.beseda, path: url.split("?")[0] ?? "/" };
  }
}

/** The strictest rules under which a page can embed conversations: its own files, and the server of Beseda. */
const headersOf = (beseda: string): Record<string, string> => ({
  "content-security-policy": [
    "default-src 'none'",
    `script-src 'self' ${beseda}`,
    "style-src 'self'",
    `img-src 'self' ${beseda} blob: data:`,
    `media-src ${beseda}`,
    `connect-src 'self' ${beseda} ${beseda.replace(/^http/, "ws")}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
});

const cookie = (name: string, value: string): string =>
  `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax`;

/** A path within the application, and nothing else: a form says where it came from. */
const pathIn = (path: string | null): string => (path !== null && /^\/(?!\/)[\w/-]*$/.test(path) ? path : "/");

/** As much as the longest message takes in a form. */
const formBytes = 40_000;

const refuse = (response: ServerResponse): void =>
  void response.writeHead(400, { "content-type": "text/plain" }).end("This cannot be done");

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const piece of request) {
    text += String(piece);
    if (text.length > formBytes) throw new Error("This is no form of these pages");
  }
  return new URLSearchParams(text);
}

async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "page/main.ts")],
    bundle: true,
    format: "esm",
    target: "es2023",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/** Listens on the first port that is free. @returns that port */
async function listen(server: Server, first: number): Promise<number> {
  for (let port = first; ; port++) {
    try {
      return await new Promise<number>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          server.off("error", reject);
          resolve((server.address() as { port: number }).port);
        });
      });
    } catch (error) {
      if ((error as { code?: string }).code !== "EADDRINUSE" || port >= first + portsTried) throw error;
    }
  }
}
