import type { ProblemDocument } from "../../protocol/problems.ts";
import { CollaborationError } from "./errors.ts";
import { audienceOf, type TokenProvider, Tokens } from "./tokens.ts";

export interface ConnectOptions {
  /** Address of the server, `https://…` or `wss://…`. Default: the audience of the token. */
  serverAddress?: string;
  /** Replaces the global `fetch`, for example by one that goes through a proxy. */
  fetch?: typeof fetch;
  /** Replaces the global `WebSocket`. */
  WebSocket?: typeof WebSocket;
  /** Ends everything: requests, sockets, timers. */
  signal?: AbortSignal;
  /** Sent with every request; an application's own server asks for privileged mode with it. */
  headers?: Record<string, string>;
  /** Called with errors that no handler took. Default: `console.error`. */
  onError?: (error: unknown) => void;
}

export interface RequestOptions {
  query?: Record<string, unknown>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** The request may be repeated after a lost answer, because repeating it changes nothing. */
  isRepeatable?: boolean;
}

const tries = 5;

/** `wss://host:443` and `https://host/` are the same server. */
export const originOf = (address: string): string => new URL(address.replace(/^ws(s?):/i, "http$1:")).origin;

/** Half a second, doubled each time, at most 30 seconds, and any part of it: clients of one server must not come back together. */
export const backoffMs = (attempt: number): number => Math.random() * Math.min(30_000, 500 * 2 ** attempt);

export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const timer = setTimeout(done, ms);
    function done() {
      signal.removeEventListener("abort", stop);
      resolve();
    }
    function stop() {
      clearTimeout(timer);
      reject(signal.reason as Error);
    }
    signal.addEventListener("abort", stop, { once: true });
  });

/** Requests with a token, problems as errors, and repeats where repeating is safe. */
export class Http {
  readonly tokens: Tokens;
  readonly options: ConnectOptions;
  readonly signal: AbortSignal;

  constructor(provider: TokenProvider, options: ConnectOptions, signal: AbortSignal) {
    this.tokens = new Tokens(provider);
    this.options = options;
    this.signal = signal;
  }

  /** Passes an error on that no caller waits for. */
  report(error: unknown): void {
    (this.options.onError ?? console.error)(error);
  }

  /** The server's address, as the application or the token names it. */
  async origin(): Promise<string> {
    return originOf(this.options.serverAddress ?? audienceOf(await this.tokens.get(this.signal)));
  }

  async request<Result>(method: string, path: string, options: RequestOptions = {}): Promise<Result> {
    const signal = options.signal ? AbortSignal.any([options.signal, this.signal]) : this.signal;
    const isRepeatable = options.isRepeatable ?? method !== "POST";
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.attempt<Result>(method, path, options, signal);
      } catch (error) {
        signal.throwIfAborted();
        const waitMs = this.waitBeforeRepeat(error, attempt, isRepeatable);
        if (waitMs === undefined) throw error;
        await pause(waitMs, signal);
      }
    }
  }

  /** Milliseconds after which a failed request is worth repeating, or undefined. */
  private waitBeforeRepeat(error: unknown, attempt: number, isRepeatable: boolean): number | undefined {
    if (!(error instanceof CollaborationError) || attempt >= tries - 1) return undefined;
    if (error.code === "unauthenticated" && attempt === 0) {
      this.tokens.forget();
      return 0;
    }
    const askedToWait = error.retryAfterSeconds !== undefined && error.retryAfterSeconds <= 30;
    if (askedToWait) return (error.retryAfterSeconds ?? 0) * 1000 + Math.random() * 500;
    return isRepeatable && (error.code === "network" || error.status >= 500) ? backoffMs(attempt) : undefined;
  }

  private async attempt<Result>(
    method: string,
    path: string,
    { query, body, headers }: RequestOptions,
    signal: AbortSignal,
  ): Promise<Result> {
    const token = await this.tokens.get(signal);
    const url = new URL(
      `/api/v1${path}`,
      this.options.serverAddress ? originOf(this.options.serverAddress) : originOf(audienceOf(token)),
    );
    for (const [name, value] of Object.entries(query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const answer = await this.send(url, {
      method,
      signal,
      headers: {
        authorization: `Bearer ${token}`,
        ...this.options.headers,
        ...headers,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return readAnswer<Result>(answer);
  }

  private async send(url: URL, init: RequestInit): Promise<Response> {
    try {
      return await (this.options.fetch ?? fetch)(url, init);
    } catch (error) {
      init.signal?.throwIfAborted();
      throw new CollaborationError({ code: "network", detail: "The server cannot be reached" }, error);
    }
  }
}

/** The result of an answer. @throws CollaborationError for every other answer */
export async function readAnswer<Result>(answer: Response): Promise<Result> {
  const text = await answer.text().catch((error: unknown) => {
    throw new CollaborationError({ code: "network", detail: "The answer broke off" }, error);
  });
  const value: unknown = text === "" ? undefined : parsed(text);
  if (answer.ok) return value as Result;
  const problem = value as ProblemDocument | undefined;
  if (problem && typeof problem === "object" && "code" in problem) throw new CollaborationError(problem);
  throw new CollaborationError({
    code: answer.status >= 500 ? "unavailable" : "internal",
    status: answer.status,
    detail: `The server answered ${answer.status}`,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
