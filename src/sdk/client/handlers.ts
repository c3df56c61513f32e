import type { Conversation } from "../../protocol/conversations.ts";
import { checkData, type DataContract } from "./contract.ts";
import type { DataValue } from "./data.ts";
import type { Http } from "./http.ts";
import { Message } from "./message.ts";
import { Subscription } from "./subscription.ts";

/** A message whose data has passed the contract. */
export type MessageWith<Data> = Message & { readonly data: Data };

export type MessageHandler<Data, Parameters> = (message: MessageWith<Data>, additionalParameters: Parameters) => void;

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
  /** Attaching failed, a message broke the contract, or the subscription ended from the other side. */
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
  }: AttachOptions<Data, Parameters> & { onAttached?: (parameters: Parameters) => void },
): Promise<Subscription> {
  const parameters = additionalParameters as Parameters;
  let conversation: Conversation | undefined;

  function failed(error: unknown): void {
    const processing: Processing = { standardProcessing: true };
    onError?.(error, processing, parameters);
    if (processing.standardProcessing) http.report(error);
  }

  function take(message: Message): void {
    try {
      if (contract) checkData(contract, message.data as DataValue);
    } catch (error) {
      return failed(error);
    }
    const typed = message as MessageWith<Data>;
    if (conversation && filter && !filter(typed, conversation)) return;
    handler(typed, parameters);
  }

  const subscription = new Subscription(http, keyOrId, {
    event: (event) => {
      if (event.type === "message" && !event.message.deleted)
        take(new Message(http, event.message.conversationId, event.message as never));
      if (event.type === "members" && conversation) conversation = { ...conversation, memberCount: event.memberCount };
    },
    conversation: (current) => {
      conversation = current;
    },
    ended: ({ reason }) => failed(new Error(reason)),
  });
  try {
    await subscription.open();
  } catch (error) {
    failed(error);
    throw error;
  }
  onAttached?.(parameters);
  return subscription;
}
