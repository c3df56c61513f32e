import { type Caller, isCode, isPrivileged } from "../../protocol/actors.ts";
import { type Json, utf8Bytes } from "../../protocol/json.ts";
import { limits } from "../../protocol/limits.ts";
import type { MessageDraft, MessagePatch } from "../../protocol/messages.ts";
import { Problem } from "../../protocol/problems.ts";
import { plainTextOf, type Run } from "../../protocol/runs.ts";
import { runsOf } from "./formatting.ts";

/** A message ready to be written: text checked, HTML turned into runs, people resolved to ids. */
export interface Composed {
  text?: string;
  runs?: Run[];
  data?: Json;
  recipients?: string[];
  /** Ids: uploads to be posted, in a change also what the message shows. */
  attachments?: string[];
  /** Number of the message it answers. */
  replyTo?: number;
  author?: string;
  /** Milliseconds. */
  date?: number;
  clientId?: string;
  seen?: number;
}

/**
 * Checks what a draft or a patch says and who may say it.
 * @param ids user id of every reference in `recipients` and `author`, found by the door
 * @throws Problem `limit_exceeded`, `forbidden`
 */
export function compose(
  caller: Caller,
  draft: MessageDraft | MessagePatch,
  ids: ReadonlyMap<string, string>,
): Composed {
  if ((draft.date !== undefined || draft.author !== undefined) && !isPrivileged(caller)) {
    throw new Problem("forbidden", "Setting date or author needs privileged mode", {
      field: draft.author !== undefined ? "author" : "date",
    });
  }
  const known = (reference: string) => ids.get(reference) ?? reference;
  return {
    ...composeText(caller, draft),
    ...(draft.data !== undefined && { data: boundedData(draft.data) }),
    ...(draft.recipients && { recipients: [...new Set(draft.recipients.map(known))] }),
    ...(draft.attachments && { attachments: draft.attachments }),
    ...(draft.author !== undefined && { author: known(draft.author) }),
    ...(draft.date !== undefined && { date: Date.parse(draft.date) }),
    ...("replyTo" in draft && draft.replyTo !== undefined && { replyTo: draft.replyTo }),
    ...("clientId" in draft && draft.clientId !== undefined && { clientId: draft.clientId }),
    ...("seen" in draft && draft.seen !== undefined && { seen: draft.seen }),
  };
}

function composeText(
  caller: Caller,
  { text, textFormat }: MessageDraft | MessagePatch,
): Pick<Composed, "text" | "runs"> {
  if (text === undefined) return {};
  if (textFormat !== "text/html") return { text: boundedText(text) };
  if (!isCode(caller)) {
    throw new Problem("forbidden", "Formatted text comes from application code only", {
      field: "textFormat",
      nextStep: "Send text/plain, or use an application token or the scope code.",
    });
  }
  const runs = runsOf(text);
  return { text: boundedText(plainTextOf(runs)), runs: boundedRuns(runs) };
}

/** Counted run by run, so that nothing long is built only to be refused. */
function boundedRuns(runs: Run[]): Run[] {
  let characters = 0;
  for (const run of runs) {
    characters += JSON.stringify(run).length;
    if (characters > limits.messageRuns)
      throw new Problem("limit_exceeded", `The formatting takes more than ${limits.messageRuns} characters`, {
        field: "text",
      });
  }
  return runs;
}

function boundedText(text: string): string {
  if (text.length <= limits.messageText) return text;
  throw new Problem("limit_exceeded", `The text has ${text.length} characters of at most ${limits.messageText}`, {
    field: "text",
  });
}

function boundedData(data: Json): Json {
  const bytes = utf8Bytes(JSON.stringify(data));
  if (bytes <= limits.messageData) return data;
  throw new Problem("limit_exceeded", `The data has ${bytes} bytes of at most ${limits.messageData}`, {
    field: "data",
  });
}

/** What a message is made of, as a draft or as it stands. */
interface Says {
  text?: string;
  data?: Json;
  attachments?: readonly unknown[] | undefined;
}

/** A message says something: text, data or attachments (SUB-23). */
export function requireContent({ text, data, attachments = [] }: Says): void {
  if (text || (data !== undefined && data !== null) || attachments.length > 0) return;
  throw new Problem("validation", "A message contains text, data or attachments", { field: "text" });
}
