import type { ConversationSummary } from "../../../src/sdk/client/index.ts";
import { Avatar } from "../../design/avatar.tsx";
import { Icon } from "../../design/icons.tsx";
import { Badge } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import { withEmoticons } from "../conversation/emoticons.ts";
import { Face, PersonName } from "../people/person.tsx";
import { pathOf, route } from "../shell/route.ts";
import { useSite } from "../shell/site.ts";
import { exact, short, words } from "../words/words.ts";
import { partnerOf, titleOf } from "./title.ts";

/** One conversation of the list: who or what, the last line, when, and how much of it is new. */
export function ConversationRow({ summary, isOpen }: { summary: ConversationSummary; isOpen: boolean }) {
  const site = useSite();
  useWatched(site.people);
  const { id, unread = 0, representation, watch = true } = summary;
  const place = { name: "conversation", id } as const;
  const partner = partnerOf(summary, site.me.id);
  const date = new Date(summary.lastMessageDate);
  const isQuiet = representation === "DontDisturb";
  return (
    <li>
      <a
        class="row"
        href={pathOf(place)}
        aria-current={isOpen ? "page" : undefined}
        data-moves
        // A button goes down a tenth of a second before it is a click, and rarely without becoming one.
        onPointerDown={({ pointerType }) => pointerType === "mouse" && site.historyOf(id).prepare()}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          route.go(place);
        }}
      >
        {partner === undefined ? <Avatar id={id} name={summary.title} square /> : <Face id={partner} />}
        <span class="upper">
          <strong class="title">
            {partner === undefined ? <span class="cut">{titleOf(summary, site)}</span> : <PersonName id={partner} />}
            {isQuiet && (
              <span class="mark" role="img" aria-label={words.list.quiet} title={words.list.quiet}>
                <Icon name="bellOff" />
              </span>
            )}
          </strong>
          <time dateTime={summary.lastMessageDate} title={exact(date)}>
            {short(date)}
          </time>
        </span>
        <span class="lower">
          <LastLine summary={summary} isOpen={isOpen} />
          <Badge count={unread} isMuted={isQuiet || !watch} label={words.list.unread(unread)} />
        </span>
      </a>
    </li>
  );
}

/** The draft that waits, or the last message, in one line and without formatting. */
function LastLine({ summary, isOpen }: { summary: ConversationSummary; isOpen: boolean }) {
  const { drafts, people, me } = useSite();
  const draft = isOpen ? "" : drafts.of(summary.id).text.trim();
  if (draft)
    return (
      <span class="last cut">
        <span class="draft">{words.list.draft}</span> {draft.slice(0, 100)}
      </span>
    );
  const { lastMessage } = summary;
  if (!lastMessage) return <span class="last cut">{words.list.noMessages}</span>;
  const { author, text } = lastMessage;
  const isOwn = author === me.id;
  const name = isOwn ? words.list.you : summary.group ? `${people.nameOf(author)}:` : "";
  return (
    <span class="last cut">
      {name && <span class="who">{name} </span>}
      {text === "" ? <i>{words.list.deleted}</i> : oneLine(text)}
    </span>
  );
}

const oneLine = (text: string): string =>
  withEmoticons(text.slice(0, 200).replace(/\s+/g, " "))
    .map((piece) => (typeof piece === "string" ? piece : piece.code))
    .join("");
