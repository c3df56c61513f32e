/** How a connection says in whose name it speaks: with tokens of the application, or by the browser's session. */
export interface Credentials {
  /** What the next request is made with, good for a while. @param signal ends the waiting */
  get(signal: AbortSignal): Promise<string>;
  /** The server refused it: the next call brings a new one, if there is one. */
  forget(refused: string): void;
  /** Milliseconds until a socket needs a new one. */
  readonly renewalMs: number;
  headersOf(credential: string): Record<string, string>;
  /** The subprotocol that lets a socket in. @param post asks the server for something that serves once */
  subprotocolOf(credential: string, post: <Result>(path: string) => Promise<Result>): Promise<string>;
  /** Address of the server that it is meant for. */
  serverOf(credential: string): string;
}
