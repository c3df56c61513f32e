/** Gives a token for the current user, made by the application's own server. Asked again whenever one runs out. */
export type TokenProvider = (options: { signal: AbortSignal }) => string | Promise<string>;

/** Seconds before its end at which a token counts as used up. */
const marginSeconds = 30;

interface Claims {
  exp: number;
  aud: string;
}

function claimsOf(token: string): Claims {
  const [, payload = ""] = token.split(".");
  const { exp, aud } = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Claims & {
    aud: string | string[];
  };
  return { exp, aud: Array.isArray(aud) ? (aud[0] ?? "") : aud };
}

/** The latest token, and the address it names. */
export class Tokens {
  private readonly provider: TokenProvider;
  private current: Promise<string> | undefined;
  private endsAt = 0;

  constructor(provider: TokenProvider) {
    this.provider = provider;
  }

  /** A token that is good for a while, asked for at most once at a time. */
  get(signal: AbortSignal): Promise<string> {
    if (this.current && Date.now() < this.endsAt - marginSeconds * 1000) return this.current;
    this.endsAt = Number.POSITIVE_INFINITY;
    this.current = Promise.resolve(this.provider({ signal })).then(
      (token) => {
        this.endsAt = claimsOf(token).exp * 1000;
        return token;
      },
      (error: unknown) => {
        this.forget();
        throw error;
      },
    );
    return this.current;
  }

  /** The server refused the token: the next call asks for a new one. */
  forget(): void {
    this.current = undefined;
    this.endsAt = 0;
  }

  /** Milliseconds until the latest token counts as used up. */
  get restMs(): number {
    return Math.max(0, this.endsAt - marginSeconds * 1000 - Date.now());
  }
}

/** The server that a token is meant for: its audience. */
export const audienceOf = (token: string): string => claimsOf(token).aud;
