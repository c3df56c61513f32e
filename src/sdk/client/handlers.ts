import type { Conversation } from "../../protocol/conversations.ts";
import type { Message as WireMessage } from "../../protocol/messages.ts";
import { checkData, type DataContract } from "./contract.ts";
import { type DataValue, decodeData } from "./data.ts";
import { CollaborationError } from "./errors.ts";
import type { Http } from "./http.ts";
import { Message } from "./message.ts";
import { Subscription } from "./subscription.ts";

/** A message whose data has passed the contract, in the shape that the contract gave it. */
export type MessageWith<Data> = Message & { readonly data: Data };

/** Called once for each new message. What it throws goes to `onError` of the connection. */
export type MessageHandler<Data, Parameters> = (
  message: MessageWith<Data>,
  additionalParameters: Parameters,
) => unknown;

/** An error callback may set `standardProcessing` to false to keep the SDK from reporting the error itself. */
export interface Processing {
  standardProcessing: boolean;
}

export interface AttachOptions<Data, Parameters> {
  /** Passed to every callback. */
  additionalParameters?: Parameters;
  /** Messages whose data it refuses do not reach the handler; the error callback hears of them. */
  contract?: DataContract<Data>;
  /** Messages for which it returns false do not reach the handler. */
  filter?: (message: MessageWith<Data>, conversation: Conversation) => boolean;
  /** Attaching failed, a message broke the contract, messages were missed, or the other side ended the subscription. */
  onError?: (error: unknown, processing: Processing, additionalParameters: Parameters) => void;
}

/** Subscribes to the new messages of one conversation. */
export async function attachMessages<Data, Parameters>(
  http: Http,
  keyOrId: string,
  handler: MessageHandler<Data, Parameters>,
  {
    contract,
    filter,
    onError,
    onAttached,
    additionalParameters,
  }: AttachOptions<Data, Parameters> & { onAttached: ((parameters: Parameters) => void) | undefined },
): Promise<Subscription> {
  const parameters = additionalParameters as Parameters;

  function failed(error: unknown): void {
    const processing: Processing = { standardProcessing: true };
    http.guard(() => onError?.(error, processing, parameters));
    if (processing.standardProcessing) http.report(error);
  }

  /** The message with its data as the contract wants it, or undefined when the contract refuses. */
  function accepted(wire: WireMessage): MessageWith<Data> | undefined {
    try {
      const data = wire.data === undefined ? undefined : decodeData(wire.data);
      const read = contract ? checkData(contract, data as DataValue) : data;
      return new Message(http, wire.conversationId, wire, read as DataValue) as MessageWith<Data>;
    } catch (error) {
      failed(error);
      return undefined;
    }
  }

  function take(wire: WireMessage, conversation: Conversation): unknown {
    const message = accepted(wire);
    if (!message || (filter && !filter(message, conversation))) return undefined;
    return handler(message, parameters);
  }

  const subscription: Subscription = new Subscription(http, keyOrId, {
    event: (event) => {
      if (event.type !== "message" || event.message.deleted) return undefined;
      return take(event.message as WireMessage, subscription.conversation as Conversation);
    },
    reload: () =>
      failed(
        new CollaborationError({
          code: "limit_exceeded",
          detail: "More messages were missed than are told one by one",
          nextStep: "Read them with getMessages; the subscription goes on with what comes.",
        }),
      ),
    ended: ({ error }) => failed(error),
  });
  try {
    await subscription.open();
  } catch (error) {
    failed(error);
    throw error;
  }
  http.guard(() => onAttached?.(parameters));
  return subscription;
}
