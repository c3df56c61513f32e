import { useMemo, useState } from "preact/hooks";
import type { MessageView } from "../../../src/sdk/client/index.ts";
import { Icon } from "../../design/icons.tsx";
import { toneOf } from "../../design/initials.ts";
import { useWatched } from "../../design/watched.ts";
import { AttachmentTiles } from "../attachments/tiles.tsx";
import { CommandsButton } from "../commands/button.tsx";
import { useCommands } from "../commands/commands.tsx";
import { doingOf, MessageScopeContext, messageTarget } from "../commands/message.ts";
import type { OwnCommand } from "../commands/target.ts";
import { BlockedMark, Face } from "../people/person.tsx";
import { Chips } from "../reactions/chips.tsx";
import { ReactButton } from "../reactions/react-button.tsx";
import { Ticks } from "../readers/read-line.tsx";
import { Quote } from "../replies/quote.tsx";
import { swipeToReply } from "../replies/swipe.ts";
import { lazily } from "../shell/lazily.tsx";
import { useSpeaker } from "../shell/speaker.ts";
import { clock, exact, words } from "../words/words.ts";
import { Editing } from "./editing.tsx";
import type { History } from "./history.ts";
import { leaving } from "./leaving.ts";
import { firstPage } from "./links.ts";
import { MessageText } from "./message-text.tsx";

const ReactionsDialog = lazily(async () => (await import("../reactions/dialog.tsx")).ReactionsDialog);
const LinkCard = lazily(async () => (await import("../links/card.tsx")).LinkCard);

export interface MessageRowProps {
  history: History;
  message: MessageView;
  isFirst: boolean;
  isLast: boolean;
  isFound: boolean;
  isEditing: boolean;
  onEdit: (isEditing: boolean) => void;
  /** Absent where the user cannot write. */
  onReply: ((n: number) => void) | undefined;
  onShow: (n: number) => void;
}

/** One message of the log, with what can be done about it. What programs put into `data` is never shown. */
export function MessageRow(props: MessageRowProps) {
  const { history, message, isFirst, isLast, isFound, isEditing, onEdit, onReply, onShow } = props;
  const speaker = useSpeaker();
  useWatched(speaker.people, leaving);
  const { author, date, edited, recipients } = message;
  const isOwn = author === speaker.me.id;
  const isGone = message.deleted !== undefined || leaving.has(message.id);
  const name = speaker.people.nameOf(author);
  const reply = onReply && !isGone ? () => onReply(message.n) : undefined;
  const page = isGone ? undefined : firstPage(message);
  const scope = useMemo(() => ({ message, doing: doingOf(speaker, message, () => onEdit(true)) }), [message]);
  const [hasReactions, showReactions] = useState(false);
  const own: OwnCommand[] = [];
  if (reply) own.push({ icon: "reply", label: words.replies.reply, run: reply });
  if (message.reactions) own.push({ icon: "smile", label: words.reactions.who, run: () => showReactions(true) });
  const commands = useCommands(messageTarget(scope, own));
  const hasCommands = !isGone && !isEditing;
  const look = ["message", isOwn && "own", isFirst && "first", isLast && "last", isFound && "found"];
  return (
    <article
      class={look.filter(Boolean).join(" ")}
      data-key={message.n}
      data-moves
      tabIndex={-1}
      aria-label={`${name}, ${clock(new Date(date))}`}
      {...(reply && !isEditing && swipeToReply(reply))}
      {...(hasCommands && commands.secondary)}
    >
      {!isOwn && <span class="face">{isLast && <Face id={author} size="small" />}</span>}
      <div class={isGone ? "bubble gone" : "bubble"}>
        {isFirst && !isOwn && (
          <p class={`author name-${toneOf(author)}`}>
            <span class="cut">{name}</span>
            {speaker.people.of(author)?.isLocked && <BlockedMark />}
          </p>
        )}
        {!!recipients?.length && !isGone && <Recipients ids={recipients} />}
        {message.replyTo !== undefined && !isGone && <Quote history={history} n={message.replyTo} onShow={onShow} />}
        {isEditing && !isGone ? (
          <Editing message={message} onDone={() => onEdit(false)} />
        ) : isGone ? (
          <p class="text">
            <Icon name="bin" /> {words.message.deleted}
          </p>
        ) : (
          <MessageScopeContext.Provider value={scope}>
            <AttachmentTiles message={message} />
            {message.text !== "" && (
              <p class="text">
                <MessageText text={message.text} runs={message.runs} />
              </p>
            )}
            {page !== undefined && <LinkCard key={page} address={page} />}
          </MessageScopeContext.Provider>
        )}
        <span class="when">
          {edited && !isGone && (
            <span title={words.message.editedAt(exact(new Date(edited)))}>{words.message.edited} </span>
          )}
          <time dateTime={date} title={exact(new Date(date))}>
            {clock(new Date(date))}
          </time>
          {isOwn && !isGone && <Ticks history={history} message={message} />}
        </span>
        {!isGone && <Chips message={message} canReact={onReply !== undefined} />}
      </div>
      {hasCommands && <Beside message={message} canReact={onReply !== undefined} onOpen={commands.open} />}
      {hasReactions && <ReactionsDialog message={message} onClose={() => showReactions(false)} />}
    </article>
  );
}

function Recipients({ ids }: { ids: string[] }) {
  const { people } = useSpeaker();
  return <p class="recipients cut">{words.message.to(ids.map((id) => people.nameOf(id)).join(", "))}</p>;
}

/** As wide as the emoji to pick from, and a little more. */
const pickerPx = 350;

interface BesideProps {
  message: MessageView;
  canReact: boolean;
  onOpen: (owner: HTMLElement) => void;
}

/** What stands beside a message while somebody is at it: the reactions, and the menu for whoever sees no other way to it. */
function Beside({ message, canReact, onOpen }: BesideProps) {
  // The emoji open to where there is room among the messages.
  const [opensUp, setOpensUp] = useState(false);
  const [opensBack, setOpensBack] = useState(false);
  const look = ({ currentTarget }: { currentTarget: HTMLElement }) => {
    const { top, right } = currentTarget.getBoundingClientRect();
    const log = currentTarget.closest(".log")?.getBoundingClientRect();
    if (!log) return;
    setOpensUp(top > (log.top + log.bottom) / 2);
    setOpensBack(right - log.left > pickerPx);
  };
  return (
    <span class="commands" onPointerEnter={look} onFocusCapture={look}>
      {canReact && <ReactButton message={message} opensUp={opensUp} opensBack={opensBack} />}
      <CommandsButton label={words.message.actions} onOpen={onOpen} />
    </span>
  );
}
