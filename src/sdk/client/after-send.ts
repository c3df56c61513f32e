import type { Conversation } from "./conversation.ts";
import type { Http } from "./http.ts";
import type { Message } from "./message.ts";

/** Called after the user sent a typed message from this program. What it throws goes to `onError`. */
export type AfterSendHandler<Parameters> = (
  message: Message,
  conversation: Conversation,
  additionalParameters: Parameters,
) => unknown;

/** The handlers of one program, called in the order they were attached. */
export class AfterSend {
  private readonly http: Http;
  private readonly handlers = new Map<AfterSendHandler<unknown>, unknown>();

  constructor(http: Http) {
    this.http = http;
  }

  /** Attaching the same handler again replaces its parameters. */
  attach(handler: AfterSendHandler<unknown>, additionalParameters: unknown): () => void {
    this.handlers.set(handler, additionalParameters);
    return () => this.handlers.delete(handler);
  }

  /** The message is sent, so nothing that goes wrong here is a failure of sending. */
  async tell(message: Message, conversation: () => Promise<Conversation>): Promise<void> {
    if (this.handlers.size === 0) return;
    try {
      const where = await conversation();
      for (const [handler, additionalParameters] of this.handlers)
        this.http.guard(() => handler(message, where, additionalParameters));
    } catch (error) {
      this.http.report(error);
    }
  }
}
