import type { ProblemDocument } from "../../protocol/problems.ts";
import type { Credentials } from "./credentials.ts";
import { CollaborationError, isCollaborationError } from "./errors.ts";
import { type TokenProvider, Tokens } from "./tokens.ts";
import { backoffMs, pause } from "./waiting.ts";

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
  /** A file instead of a JSON body; it may take an hour. */
  file?: BodyInit | undefined;
  /** The body can be read only once, so nothing is tried again. */
  isOnce?: boolean;
  /** Sends this one request. Default: the `fetch` of the connection. */
  fetch?: typeof fetch;
}

/** How often something is tried before the caller hears that the server cannot be reached. */
export const tries = 5;
/** An answer that has not come by then is lost. */
const answerMs = 60_000;
const uploadMs = 3_600_000;

/** `wss://host:443` and `https://host/` are the same server. @throws CollaborationError `validation` */
export function originOf(address: string): string {
  // Addresses come from settings and forms, where one may be missing whatever the types say.
  const url = URL.parse(String(address).replace(/^ws(s?):/i, "http$1:"));
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new CollaborationError({
    code: "validation",
    status: 400,
    detail: `${String(address)} is not the address of a server`,
    field: "serverAddress",
    nextStep: "Give one like https://beseda.example or wss://beseda.example:443.",
  });
}

/** A path of the API: whatever stands in an id or a key, it stays one part. */
export const pathOf = (...parts: string[]): string => parts.map((part) => `/${encodeURIComponent(part)}`).join("");

/** Requests with a credential, problems as errors, and repeats where repeating is safe. */
export class Http {
  readonly credentials: Credentials;
  readonly options: ConnectOptions;
  readonly signal: AbortSignal;

  constructor(speaker: TokenProvider | Credentials, options: ConnectOptions, signal: AbortSignal) {
    this.credentials = typeof speaker === "function" ? new Tokens(speaker, signal) : speaker;
    this.options = options;
    this.signal = signal;
  }

  /** Passes an error on that no caller waits for; that the program itself ended the connection is none. */
  report(error: unknown): void {
    if (!this.signal.aborted || error !== this.signal.reason) (this.options.onError ?? console.error)(error);
  }

  /** Calls a handler of the program: its failure, now or later, must not break what called it. */
  guard(work: () => unknown): void {
    try {
      const done = work();
      if (done instanceof Promise) done.catch((error: unknown) => this.report(error));
    } catch (error) {
      this.report(error);
    }
  }

  /** Where a path of the API is, on the server that the application or the token names. */
  urlOf(path: string, token: string, query: Record<string, unknown> = {}): URL {
    const url = new URL(`/api/v1${path}`, originOf(this.options.serverAddress ?? this.credentials.serverOf(token)));
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    return url;
  }

  async request<Result>(method: string, path: string, options: RequestOptions = {}): Promise<Result> {
    const signal = options.signal ? AbortSignal.any([options.signal, this.signal]) : this.signal;
    const isRepeatable = options.isRepeatable ?? method !== "POST";
    let isDoneMaybe = false;
    for (let attempt = 0; ; attempt++) {
      const token = await this.credentials.get(signal);
      try {
        return await this.attempt<Result>(method, path, token, options, signal);
      } catch (error) {
        signal.throwIfAborted();
        // What was to be taken away is gone: an earlier attempt did it, and only its answer was lost.
        if (isDoneMaybe && method === "DELETE" && isCollaborationError(error, "not_found")) return undefined as Result;
        if (isCollaborationError(error, "unauthenticated")) this.credentials.forget(token);
        const waitMs = options.isOnce ? undefined : waitBeforeRepeat(error, attempt, isRepeatable);
        if (waitMs === undefined) throw error;
        isDoneMaybe ||= isUnanswered(error);
        await pause(waitMs, signal);
      }
    }
  }

  private attempt<Result>(
    method: string,
    path: string,
    token: string,
    { query, body, headers, file, fetch = this.options.fetch }: RequestOptions,
    signal: AbortSignal,
  ): Promise<Result> {
    const init = {
      method,
      signal,
      headers: {
        ...this.credentials.headersOf(token),
        ...this.options.headers,
        ...headers,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(file !== undefined && { body: file, duplex: "half" }),
    };
    return ask(fetch, this.urlOf(path, token, query), init, file === undefined ? answerMs : uploadMs);
  }
}

const isUnanswered = (error: unknown): boolean =>
  error instanceof CollaborationError && (error.code === "network" || error.status >= 500);

/** Milliseconds after which a failed request is worth repeating, or undefined. */
function waitBeforeRepeat(error: unknown, attempt: number, isRepeatable: boolean): number | undefined {
  if (!(error instanceof CollaborationError) || attempt >= tries - 1) return undefined;
  if (error.code === "unauthenticated" && attempt === 0) return 0;
  const seconds = error.retryAfterSeconds;
  if (seconds !== undefined && seconds <= 30) return seconds * 1000 + Math.random() * 500;
  return isRepeatable && isUnanswered(error) ? backoffMs(attempt) : undefined;
}

/**
 * Sends a request and reads what comes back.
 * @param withinMs after which an answer that has not come is lost
 * @throws CollaborationError `network` when nothing does, and the problem that an answer carries
 */
export async function ask<Result>(
  fetcher: typeof fetch | undefined,
  url: URL,
  init: RequestInit,
  withinMs = answerMs,
): Promise<Result> {
  const signals = [AbortSignal.timeout(withinMs), ...(init.signal ? [init.signal] : [])];
  try {
    const answer = await (fetcher ?? fetch)(url, { ...init, signal: AbortSignal.any(signals) });
    return resultOf<Result>(answer, await answer.text());
  } catch (error) {
    init.signal?.throwIfAborted();
    if (error instanceof CollaborationError) throw error;
    throw new CollaborationError({ code: "network", detail: "The server cannot be reached" }, error);
  }
}

function resultOf<Result>(answer: Response, text: string): Result {
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
