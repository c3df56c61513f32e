import { limits } from "../../../src/protocol/limits.ts";
import type { Session } from "../../../src/protocol/sessions.ts";
import { sessionHeader, subprotocol } from "../../../src/protocol/wire.ts";
import { type Answer, door, origin } from "./door.ts";
import { Line } from "./line.ts";
import type { Caller } from "./world.ts";

/** What a browser says of a request that a page of the server makes. */
export const fromOwnPage = { origin, "sec-fetch-site": "same-origin" };

/** A browser with the site open: keeps cookies, and has no token. */
export class Browser {
  readonly cookies = new Map<string, string>();
  session: Session | undefined;

  /** Any request, with the cookies, as one of the server's pages makes it. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = fromOwnPage,
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await door(`${origin}${path}`, {
      method,
      headers: {
        ...headers,
        ...(cookie && { cookie }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
  }

  async signIn(code: string): Promise<Answer> {
    const answer = await this.ask("POST", "/session", { code });
    if (answer.status === 201) this.session = answer.body;
    return answer;
  }

  signOut = (): Promise<Answer> => this.ask("DELETE", `/session?application=${this.session?.application}`);

  /** A request to the API in the name of the session. */
  call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    this.ask(method, `/api/v1${path}`, body, { ...fromOwnPage, ...this.naming(), ...headers });

  naming = (): Record<string, string> => ({
    [sessionHeader]: `${this.session?.application}.${this.session?.user}`,
  });

  ticket = async (): Promise<string> => (await this.call("POST", "/tickets")).body.ticket;

  private keep(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** What the application's server asks for, for a user. */
export async function codeFor(person: Caller): Promise<string> {
  const { status, body } = await person.post("/session-codes");
  if (status !== 201 || body.code.length > limits.sessionCode) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body.code;
}

export async function signedIn(person: Caller, browser = new Browser()): Promise<Browser> {
  const { status, body } = await browser.signIn(await codeFor(person));
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return browser;
}

/** Opens a socket with these headers. @returns the line, or the code of the problem */
export async function knock(path: string, headers: Record<string, string>): Promise<Line | string> {
  const answer = await door(`${origin}/api/v1${path}`, {
    headers: { upgrade: "websocket", "sec-websocket-protocol": subprotocol, ...headers },
  });
  const { webSocket } = answer as Response & { webSocket: WebSocket | null };
  return webSocket ? new Line(webSocket) : ((await answer.json()) as { code: string }).code;
}

/** Opens a socket with a ticket. */
export const knockWith = (path: string, ticket: string): Promise<Line | string> =>
  knock(path, { "sec-websocket-protocol": `${subprotocol}, ticket.${ticket}` });
