import type { ConnectOptions } from "../client/http.ts";

/** The parts of the package `undici` that a proxy needs; it comes with the application, not with the SDK. */
interface Undici {
  ProxyAgent: new (address: string) => object;
  fetch: unknown;
  WebSocket: new (address: string, options: { protocols: string[]; dispatcher: object }) => unknown;
}

/**
 * Options that make an application's server reach Beseda through an HTTP proxy.
 * @param address of the proxy, for example `http://proxy.example:3128`; a user and password may stand in it
 * @param undici the package: `await import("undici")`
 * @example new Application(store, throughProxy(process.env.HTTPS_PROXY, await import("undici")));
 */
export function throughProxy(address: string, undici: unknown): Pick<ConnectOptions, "fetch" | "WebSocket"> {
  const { ProxyAgent, fetch: fetchThrough, WebSocket: Through } = undici as Undici;
  const dispatcher = new ProxyAgent(address);
  const send = fetchThrough as (input: string, init: object) => Promise<Response>;
  return {
    fetch: (input, init) => send(String(input), { ...init, dispatcher }),
    WebSocket: class {
      constructor(url: string, protocols: string[]) {
        // biome-ignore lint/correctness/noConstructorReturn: undici's own class takes its options where the standard one has none
        return new Through(url, { protocols, dispatcher }) as object;
      }
    } as unknown as typeof WebSocket,
  };
}
