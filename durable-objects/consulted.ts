import { filesFor } from "../src/domain/messages/files.ts";
import { type MessagePage, messageFor, pageFor } from "../src/domain/messages/read.ts";
import { dateBy, type Look, type Looked, look } from "../src/domain/search/look.ts";
import type { Caller } from "../src/protocol/actors.ts";
import type { AttachmentFilter, PostedAttachment } from "../src/protocol/attachments.ts";
import type { Page } from "../src/protocol/lists.ts";
import type { MessageFilter } from "../src/protocol/messages.ts";
import type { ConversationStore } from "../src/storage/conversation/store.ts";
import { type Answer, answer } from "./answer.ts";
import { Listening } from "./listening.ts";

/** An object with a log that is read and searched, and not changed by that. */
export abstract class Consulted extends Listening {
  abstract readonly store: ConversationStore;

  message(caller: Caller, n: number): Promise<Answer<string>> {
    return answer(() => messageFor(this.store, caller, n, Date.now()));
  }

  messages(caller: Caller, filter: MessageFilter): Promise<Answer<MessagePage>> {
    return answer(() => pageFor(this.store, caller, filter, Date.now()));
  }

  /** The files that its messages show, the newest first. */
  files(caller: Caller, page: AttachmentFilter): Promise<Answer<Page<PostedAttachment>>> {
    return answer(() => filesFor(this.store, caller, page, Date.now()));
  }

  /** Messages with what is looked for, the newest first. */
  search(caller: Caller, wanted: Look): Promise<Answer<Looked>> {
    return answer(() => look(this.store, caller, wanted, Date.now()));
  }

  /** Moment of the latest message that was there at `moment`. */
  activeBy(moment: number): number {
    return dateBy(this.store, moment);
  }
}
