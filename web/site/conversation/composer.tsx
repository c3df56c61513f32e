import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { limits } from "../../../src/protocol/limits.ts";
import { IconButton } from "../../design/button.tsx";
import { AttachButton, UploadTiles } from "../attachments/chosen.tsx";
import { chosenWith, type Picked } from "../people/chosen.ts";
import { MentionList } from "../people/fields-lazily.ts";
import { QuoteLine } from "../replies/quote.tsx";
import { useSpeaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";
import { type ComposingOptions, useComposing } from "./composing.ts";
import { EmoticonButton } from "./emoticon-button.tsx";
import { fitHeight } from "./field-height.ts";
import type { History } from "./history.ts";
import { type Mention, mentionAt, withNames } from "./mention.ts";
import { RecipientsLine } from "./recipients.tsx";

interface Props extends ComposingOptions {
  /** Absent as long as there is no conversation, and so nothing to answer. */
  history: History | undefined;
  /** Takes the focus at once, unless an on-screen keyboard would come with it. */
  isFocused?: boolean | undefined;
  onType: () => void;
  onEditLast: () => void;
}

/** From here on the characters that are left are counted. */
const countedFrom = 3_500;
const isTelephone = (): boolean => matchMedia("(pointer: coarse)").matches;

/** The line in which people type. Enter sends. */
export function Composer({ history, isFocused, onType, onEditLast, ...options }: Props) {
  const { people } = useSpeaker();
  const { hasRecipients, replyTo, onReplyTo } = options;
  const { draft, keep, uploads, canSend, send, isReaching, problem } = useComposing(options);
  const [mention, setMention] = useState<Mention>();
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, recipients } = draft;
  const answered = useRef(replyTo);
  useEffect(() => {
    // A draft that is found again takes no focus.
    if (replyTo !== undefined && replyTo !== answered.current) field.current?.focus();
    answered.current = replyTo;
  }, [replyTo]);
  const sendAll = () => {
    send();
    if (canSend) setMention(undefined);
    if (canSend) field.current?.focus();
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
      {history && replyTo !== undefined && (
        <QuoteLine history={history} n={replyTo} onCancel={() => onReplyTo(undefined)} />
      )}
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
            isFocused={isFocused}
            isHeld={isReaching}
            onText={(next, caret) => {
              keep({ text: next });
              if (next !== "") onType();
              setMention(mentionAt(next, caret));
            }}
            onPaste={(event) => uploads.paste(event)}
            onSend={sendAll}
            onEditLast={onEditLast}
            onEscape={replyTo === undefined ? undefined : () => onReplyTo(undefined)}
          />
          <EmoticonButton onPick={insert} />
        </div>
        <IconButton icon="send" look="main" label={words.composer.send} disabled={!canSend} onClick={sendAll} />
      </div>
      {problem !== undefined && (
        <p class="problem" role="alert">
          {words.message.failed} {problem}
        </p>
      )}
      <Left count={limits.messageText - text.length} />
    </section>
  );
}

interface FieldProps {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  isFocused: boolean | undefined;
  /** What stands in it is on its way. */
  isHeld: boolean;
  onText: (text: string, caret: number) => void;
  onPaste: (event: ClipboardEvent) => void;
  onSend: () => void;
  onEditLast: () => void;
  onEscape: (() => void) | undefined;
}

/** The field itself: it grows with the text and knows its keys. On telephones Enter makes a line, as it does everywhere there. */
function Field({ field, text, isFocused, isHeld, onText, onPaste, onSend, onEditLast, onEscape }: FieldProps) {
  useLayoutEffect(() => fitHeight(field.current), [text]);
  useEffect(() => {
    if (isFocused && !isTelephone()) field.current?.focus({ preventScroll: true });
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
      readOnly={isHeld}
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
