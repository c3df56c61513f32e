import type { Kept } from "../shell/kept.ts";

/** What stands in the composer of one conversation. */
export interface Draft {
  text: string;
  /** Whom to notify, in a context conversation. */
  recipients: string[];
  /** Number of the message it answers. */
  replyTo?: number | undefined;
}

const empty: Draft = { text: "", recipients: [] };

/** What was begun and not sent, conversation by conversation. It outlives a reload. */
export class Drafts {
  readonly #kept: Pick<Kept, "get" | "set">;

  constructor(kept: Pick<Kept, "get" | "set">) {
    this.#kept = kept;
  }

  of(conversation: string): Draft {
    const { text, recipients, replyTo } = this.#kept.get<Partial<Draft>>(`draft/${conversation}`, empty);
    return {
      text: typeof text === "string" ? text : "",
      recipients: Array.isArray(recipients) ? recipients : [],
      ...(Number.isSafeInteger(replyTo) && { replyTo }),
    };
  }

  set(conversation: string, draft: Draft): void {
    const isEmpty = draft.text === "" && draft.recipients.length === 0 && draft.replyTo === undefined;
    this.#kept.set(`draft/${conversation}`, isEmpty ? undefined : draft);
  }
}
