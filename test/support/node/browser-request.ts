/** `XMLHttpRequest` as far as an upload needs it: what a browser has and Node has not. It sends for real. */
export class BrowserRequest {
  readonly upload: { onprogress?: (event: { loaded: number }) => void } = {};
  status = 0;
  responseText = "";
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  onloadend?: () => void;
  private readonly headers = new Headers();
  private readonly ending = new AbortController();
  private method = "";
  private url = "";

  open(method: string, url: string): void {
    this.method = method;
    this.url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }

  abort(): void {
    this.ending.abort();
  }

  /** Tells of half of the body before it sends it. */
  async send(body: Blob): Promise<void> {
    const { method, headers } = this;
    try {
      this.upload.onprogress?.({ loaded: body.size / 2 });
      const answer = await fetch(this.url, { method, headers, body, signal: this.ending.signal });
      this.status = answer.status;
      this.responseText = await answer.text();
      this.onload?.();
    } catch {
      if (this.ending.signal.aborted) this.onabort?.();
      else this.onerror?.();
    }
    this.onloadend?.();
  }
}
