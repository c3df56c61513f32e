import { useState } from "preact/hooks";
import type { MessageView } from "../../../src/sdk/client/index.ts";
import { Icon } from "../../design/icons.tsx";
import { toneOf } from "../../design/initials.ts";
import { MenuButton, type MenuEntry } from "../../design/menu.tsx";
import { useWatched } from "../../design/watched.ts";
import { AttachmentTiles } from "../attachments/tiles.tsx";
import { BlockedMark, Face } from "../people/person.tsx";
import { addressOf, copy } from "../shell/copying.ts";
import { pathOf } from "../shell/route.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { clock, exact, words } from "../words/words.ts";
import { Editing } from "./editing.tsx";
import { leaving } from "./leaving.ts";
import { MessageText } from "./message-text.tsx";

interface Props {
  message: MessageView;
  isFirst: boolean;
  isLast: boolean;
  isFound: boolean;
  isEditing: boolean;
  onEdit: (isEditing: boolean) => void;
}

/** One message of the log, with what can be done about it. What programs put into `data` is never shown. */
export function MessageRow({ message, isFirst, isLast, isFound, isEditing, onEdit }: Props) {
  const speaker = useSpeaker();
  useWatched(speaker.people, leaving);
  const { author, date, edited, recipients } = message;
  const isOwn = author === speaker.me.id;
  const isGone = message.deleted !== undefined || leaving.has(message.id);
  const name = speaker.people.nameOf(author);
  const look = ["message", isOwn && "own", isFirst && "first", isLast && "last", isFound && "found"];
  return (
    <article
      class={look.filter(Boolean).join(" ")}
      data-key={message.n}
      data-moves
      tabIndex={-1}
      aria-label={`${name}, ${clock(new Date(date))}`}
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
        {isEditing && !isGone ? (
          <Editing message={message} onDone={() => onEdit(false)} />
        ) : isGone ? (
          <p class="text">
            <Icon name="bin" /> {words.message.deleted}
          </p>
        ) : (
          <>
            <AttachmentTiles message={message} />
            {message.text !== "" && (
              <p class="text">
                <MessageText text={message.text} runs={message.runs} />
              </p>
            )}
          </>
        )}
        <span class="when">
          {edited && !isGone && (
            <span title={words.message.editedAt(exact(new Date(edited)))}>{words.message.edited} </span>
          )}
          <time dateTime={date} title={exact(new Date(date))}>
            {clock(new Date(date))}
          </time>
        </span>
      </div>
      {!isGone && !isEditing && <Commands message={message} isOwn={isOwn} onEdit={() => onEdit(true)} />}
    </article>
  );
}

function Recipients({ ids }: { ids: string[] }) {
  const { people } = useSpeaker();
  return <p class="recipients cut">{words.message.to(ids.map((id) => people.nameOf(id)).join(", "))}</p>;
}

function Commands({ message, isOwn, onEdit }: { message: MessageView; isOwn: boolean; onEdit: () => void }) {
  const speaker = useSpeaker();
  // Menus of messages at the lower edge open upwards, where there is room.
  const [opensUp, setOpensUp] = useState(false);
  const { conversationId: id, n, text } = message;
  const link = addressOf(pathOf({ name: "conversation", id, message: n }), speaker.origin);
  const entries: MenuEntry[] = [
    { icon: "copy", label: words.message.copy, onPick: () => copy(text, words.message.copied) },
    { icon: "link", label: words.message.link, onPick: () => copy(link, words.message.linkCopied) },
    ...(isOwn
      ? ([
          ...(message.runs ? [] : [{ icon: "write", label: words.message.edit, onPick: onEdit }]),
          {
            icon: "bin",
            label: words.message.remove,
            isDangerous: true,
            onPick: () => leaving.remove(speaker, message),
          },
        ] as MenuEntry[])
      : []),
  ];
  return (
    <span
      class="commands"
      onPointerEnter={({ currentTarget }) => setOpensUp(isInLowerHalf(currentTarget))}
      onFocusCapture={({ currentTarget }) => setOpensUp(isInLowerHalf(currentTarget))}
    >
      <MenuButton label={words.message.actions} entries={entries} opensUp={opensUp} />
    </span>
  );
}

/** Of what is seen of the messages. */
function isInLowerHalf(element: Element): boolean {
  const box = element.closest(".log")?.getBoundingClientRect();
  return box !== undefined && element.getBoundingClientRect().top > (box.top + box.bottom) / 2;
}
