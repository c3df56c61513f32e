import { door } from "./door.ts";

/** The WebSocket of the platform for a client in the tests: it goes through the Worker's own door instead of the network. */
export class DoorSocket extends EventTarget {
  binaryType = "arraybuffer";
  readyState = 0;
  private socket: WebSocket | undefined;

  constructor(address: string, protocols: string[]) {
    super();
    void this.open(address.replace(/^ws/, "http"), protocols);
  }

  send(data: string): void {
    this.socket?.send(data);
  }

  close(code?: number): void {
    if (this.readyState === 1) this.socket?.close(code);
    this.readyState = 2;
  }

  private async open(address: string, protocols: string[]): Promise<void> {
    const headers = { upgrade: "websocket", "sec-websocket-protocol": protocols.join(", ") };
    const { webSocket } = await door(address, { headers });
    if (!webSocket) return this.end(1006, "refused");
    this.socket = webSocket;
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
    webSocket.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })));
    webSocket.addEventListener("close", ({ code, reason }) => this.end(code, reason));
    webSocket.binaryType = "arraybuffer";
    webSocket.accept();
  }

  private end(code: number, reason: string): void {
    this.readyState = 3;
    this.dispatchEvent(new CloseEvent("close", { code, reason }));
  }
}
