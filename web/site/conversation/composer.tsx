import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { limits } from "../../../src/protocol/limits.ts";
import { IconButton } from "../../design/button.tsx";
import { useWatched } from "../../design/watched.ts";
import { AttachButton, UploadTiles, useUploads } from "../attachments/chosen.tsx";
import { chosenWith, type Picked } from "../people/choice.ts";
import { QuoteLine } from "../replies/quote.tsx";
import { useSite } from "../shell/site.ts";
import { words } from "../words/words.ts";
import { EmoticonButton } from "./emoticon-button.tsx";
import { fitHeight } from "./field-height.ts";
import type { History } from "./history.ts";
import { type Mention, mentionAt, withNames } from "./mention.ts";
import { MentionList } from "./mention-list.tsx";
import { RecipientsLine } from "./recipients.tsx";

interface Props {
  history: History;
  /** Number of the message that is answered. */
  replyTo: number | undefined;
  onReplyTo: (n: number | undefined) => void;
  /** In the conversation of an object the author says who is notified. */
  hasRecipients: boolean;
  onSent: () => void;
  onType: () => void;
  onEditLast: () => void;
}

/** From here on the characters that are left are counted. */
const countedFrom = 3_500;
const isTelephone = (): boolean => matchMedia("(pointer: coarse)").matches;

/** The line in which people type. Enter sends; what is not sent stays as a draft. */
export function Composer({ history, replyTo, onReplyTo, hasRecipients, onSent, onType, onEditLast }: Props) {
  const conversation = history.id;
  const { drafts, outbox, people } = useSite();
  const [draft, setDraft] = useState(() => drafts.of(conversation));
  const [mention, setMention] = useState<Mention>();
  const field = useRef<HTMLTextAreaElement>(null);
  const uploads = useUploads(conversation);
  useWatched(uploads);
  const { text, recipients } = draft;
  const keep = (changes: Partial<typeof draft>) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    drafts.set(conversation, { ...next, replyTo });
  };
  useEffect(() => {
    drafts.set(conversation, { ...draft, replyTo });
    if (replyTo !== undefined) field.current?.focus();
  }, [replyTo]);
  const canSend = (text.trim() !== "" || uploads.ready.length > 0) && !uploads.isBusy;
  const send = () => {
    if (!canSend) return;
    const { ready } = uploads;
    void outbox.send({
      conversation,
      text: text.trim(),
      ...(hasRecipients && { recipients }),
      ...(replyTo !== undefined && { replyTo }),
      ...(ready.length > 0 && { attachments: ready.map(({ id }) => id), files: ready.map(({ name }) => name) }),
    });
    uploads.gone();
    setMention(undefined);
    keep({ text: "" });
    onReplyTo(undefined);
    field.current?.focus();
    onSent();
  };
  const place = (next: string, caret: number, changes: Partial<typeof draft> = {}) => {
    keep({ ...changes, text: next.slice(0, limits.messageText) });
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  };
  /** Puts a piece of text where the caret is. */
  const insert = (piece: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    place(text.slice(0, selectionStart) + piece + text.slice(selectionEnd), selectionStart + piece.length);
  };
  const pickMention = (entry: Picked) => {
    if (!mention) return;
    const names = entry.users.map((user) => people.nameOf(user));
    const next = withNames(text, mention, names);
    place(next.text, next.caret, hasRecipients ? { recipients: chosenWith(recipients, entry) } : {});
    setMention(undefined);
  };
  return (
    <section class="composer" aria-label={words.composer.placeholder} data-region tabIndex={-1}>
      {hasRecipients && <RecipientsLine chosen={recipients} onChange={(chosen) => keep({ recipients: chosen })} />}
      {replyTo !== undefined && <QuoteLine history={history} n={replyTo} onCancel={() => onReplyTo(undefined)} />}
      <UploadTiles uploads={uploads} />
      <div class="composer-line">
        <AttachButton uploads={uploads} />
        <div class="composer-field">
          {mention && (
            <MentionList
              typed={mention.typed}
              field={field}
              onPick={pickMention}
              onClose={() => setMention(undefined)}
            />
          )}
          <Field
            field={field}
            text={text}
            onText={(next, caret) => {
              keep({ text: next });
              if (next !== "") onType();
              setMention(mentionAt(next, caret));
            }}
            onPaste={(event) => uploads.paste(event)}
            onSend={send}
            onEditLast={onEditLast}
            onEscape={replyTo === undefined ? undefined : () => onReplyTo(undefined)}
          />
          <EmoticonButton onPick={insert} />
        </div>
        <IconButton icon="send" look="main" label={words.composer.send} disabled={!canSend} onClick={send} />
      </div>
      <Left count={limits.messageText - text.length} />
    </section>
  );
}

interface FieldProps {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (text: string, caret: number) => void;
  onPaste: (event: ClipboardEvent) => void;
  onSend: () => void;
  onEditLast: () => void;
  onEscape: (() => void) | undefined;
}

/** The field itself: it grows with the text and knows its keys. On telephones Enter makes a line, as it does everywhere there. */
function Field({ field, text, onText, onPaste, onSend, onEditLast, onEscape }: FieldProps) {
  useLayoutEffect(() => fitHeight(field.current), [text]);
  useEffect(() => {
    if (!isTelephone()) field.current?.focus({ preventScroll: true });
  }, []);
  const keyed = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "ArrowUp" && text === "") onEditLast();
    else if (event.key === "Enter" && !event.shiftKey && (event.ctrlKey || !isTelephone())) onSend();
    else if (event.key === "Escape" && onEscape) {
      // The same key leads out of the conversation otherwise.
      event.stopPropagation();
      onEscape();
    } else return;
    event.preventDefault();
  };
  return (
    <textarea
      ref={field}
      class="input"
      data-first
      rows={1}
      aria-label={words.composer.placeholder}
      placeholder={words.composer.placeholder}
      maxLength={limits.messageText}
      value={text}
      enterkeyhint={isTelephone() ? "enter" : "send"}
      onInput={({ currentTarget }) => onText(currentTarget.value, currentTarget.selectionStart)}
      onPaste={onPaste}
      onKeyDown={keyed}
    />
  );
}

/** How many characters are left, once it matters. */
function Left({ count }: { count: number }) {
  if (count > limits.messageText - countedFrom) return null;
  return (
    <p class={count === 0 ? "left none" : "left"} role="status">
      {words.composer.left(count)}
    </p>
  );
}
