import { bearerSubprotocol } from "../../protocol/wire.ts";
import type { Credentials } from "./credentials.ts";
import { orAborted } from "./waiting.ts";

/**
 * Gives a token for the current user, made by the application's own server. Asked again whenever one runs out; several
 * waiting calls share one question. What it throws reaches the caller who waits; live connections ask it again later.
 */
export type TokenProvider = (options: { signal: AbortSignal }) => string | Promise<string>;

/** Before its end a token counts as used up: half a minute, or a quarter of a short life. */
const marginMs = (livesMs: number): number => Math.min(30_000, livesMs / 4);

interface Claims {
  iat: number;
  exp: number;
  aud: string | string[];
}

function claimsOf(token: string): Claims {
  try {
    const [, payload = ""] = token.split(".");
    const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Claims;
    if (Number.isFinite(claims.exp) && Number.isFinite(claims.iat)) return claims;
  } catch {
    // Said below.
  }
  throw new TypeError("What the token provider gave is not a token");
}

/** The latest token, and how long it is good for. */
export class Tokens implements Credentials {
  private readonly provider: TokenProvider;
  private readonly signal: AbortSignal;
  private asked: Promise<string> | undefined;
  private latest: string | undefined;
  private goodUntil = 0;
  private margin = 0;

  /** @param signal ends the connection, and with it a question that is on its way */
  constructor(provider: TokenProvider, signal: AbortSignal) {
    this.provider = provider;
    this.signal = signal;
  }

  /** A token that is good for a while. @param signal ends the waiting, not the question: others may wait for it too */
  get(signal: AbortSignal): Promise<string> {
    if (!this.asked || Date.now() >= this.goodUntil) {
      const asked = this.ask();
      this.asked = asked;
      asked.catch(() => {
        if (this.asked === asked) this.asked = undefined;
      });
    }
    return orAborted(this.asked, signal);
  }

  /** The server refused a token: the next call asks for a new one, unless that has happened already. */
  forget(refused: string): void {
    if (refused === this.latest) this.asked = undefined;
  }

  /** Milliseconds until a new token is due, a little different for each asker so that not all come at once. */
  get renewalMs(): number {
    return Math.max(0, this.goodUntil - Date.now()) + (Math.random() * this.margin) / 6;
  }

  headersOf = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
  subprotocolOf = async (token: string): Promise<string> => bearerSubprotocol + token;
  serverOf = audienceOf;

  private async ask(): Promise<string> {
    this.goodUntil = Number.POSITIVE_INFINITY;
    this.latest = undefined;
    const token = await this.provider({ signal: this.signal });
    const { iat, exp } = claimsOf(token);
    const livesMs = (exp - iat) * 1000;
    // The clock of this machine may be wrong, so what it says about the rest of a life counts within bounds only.
    const restMs = Math.min(livesMs, Math.max(livesMs / 2, exp * 1000 - Date.now()));
    this.margin = marginMs(livesMs);
    this.goodUntil = Date.now() + restMs - this.margin;
    this.latest = token;
    return token;
  }
}

/** The server that a token is meant for: its audience. */
function audienceOf(token: string): string {
  const { aud } = claimsOf(token);
  return Array.isArray(aud) ? (aud[0] ?? "") : aud;
}
