import {
  addPreview,
  attachmentOf,
  expectUpload,
  requireMayAttach,
  waitingUpload,
} from "../src/domain/messages/attachments.ts";
import type { Caller } from "../src/protocol/actors.ts";
import type { Attachment } from "../src/protocol/attachments.ts";
import { ConversationStore } from "../src/storage/conversation/store.ts";
import { type Answer, answer } from "./answer.ts";
import { Consulted } from "./consulted.ts";
import { Rounds } from "./rounds.ts";

/** The part of a conversation that knows of its files: those that wait for their message. */
export abstract class Keeping extends Consulted {
  readonly store = new ConversationStore(this.ctx.storage.sql);
  protected readonly rounds = new Rounds(this.ctx, this.env, this.store);

  /** May the caller bring a file here? Asked before a byte of it is read. */
  mayAttach(caller: Caller): Promise<Answer<null>> {
    return answer(() => {
      requireMayAttach(this.store, caller, Date.now());
      return null;
    });
  }

  /** A file is about to be kept; it is removed after a day unless a message shows it. */
  expectUpload(caller: Caller, attachment: Attachment): Promise<Answer<null>> {
    return answer(async () => {
      await this.rounds.expectFile(() => expectUpload(this.store, caller, attachment, Date.now()));
      return null;
    });
  }

  /** The preview of an upload that waits is kept. */
  addPreview(caller: Caller, id: string, size: number): Promise<Answer<Attachment>> {
    return answer(() => addPreview(this.store, caller, id, size, Date.now()));
  }

  /** An attachment of a message, or without its number an upload that waits. */
  attachment(caller: Caller, id: string, n?: number): Promise<Answer<Attachment>> {
    return answer(() =>
      n === undefined
        ? waitingUpload(this.store, caller, id, Date.now())
        : attachmentOf(this.store, caller, n, id, Date.now()),
    );
  }
}
