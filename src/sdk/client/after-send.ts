import type { Conversation } from "./conversation.ts";
import type { Message } from "./message.ts";

/** Called after the user sent a typed message from this program. */
export type AfterSendHandler<Parameters> = (
  message: Message,
  conversation: Conversation,
  additionalParameters: Parameters,
) => void;

/** The handlers of one program, called in the order they were attached. */
export class AfterSend {
  private readonly handlers = new Map<AfterSendHandler<unknown>, unknown>();

  /** Attaching the same handler again replaces its parameters. */
  attach(handler: AfterSendHandler<unknown>, additionalParameters: unknown): () => void {
    this.handlers.set(handler, additionalParameters);
    return () => this.handlers.delete(handler);
  }

  tell(message: Message, conversation: Conversation, report: (error: unknown) => void): void {
    for (const [handler, additionalParameters] of this.handlers) {
      try {
        handler(message, conversation, additionalParameters);
      } catch (error) {
        report(error);
      }
    }
  }
}
