import { useEffect } from "preact/hooks";
import { Avatar } from "../../design/avatar.tsx";
import { IconButton } from "../../design/button.tsx";
import { Empty, Failure, Skeleton } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import { MessageText } from "../conversation/message-text.tsx";
import { titleOf } from "../conversations/title.ts";
import { Face, PersonName } from "../people/person.tsx";
import { moveByArrows } from "../shell/keyboard.ts";
import { route } from "../shell/route.ts";
import { type Site, useSite } from "../shell/site.ts";
import { exact, short, words } from "../words/words.ts";
import type { Entry } from "./centre.ts";

/** The notification centre: what the user has not seen, conversation by conversation. */
export function NotificationsView() {
  const site = useSite();
  const { centre } = site;
  useWatched(centre, site.list, site.people);
  const { entries } = centre;
  const markAll = () => {
    for (const { conversationId, lastM } of entries) site.markRead(conversationId, lastM);
    site.lookAway();
  };
  return (
    <section class="pane list-pane" aria-labelledby="centre-title" data-region tabIndex={-1}>
      <header class="pane-head">
        <h1 id="centre-title">{words.centre.title}</h1>
        {entries.length > 0 && <IconButton icon="check" label={words.centre.markAllRead} onClick={markAll} />}
      </header>
      {centre.state === "loading" ? (
        <Skeleton label={words.loading} />
      ) : centre.state === "failed" ? (
        <Failure
          title={words.centre.failedTitle}
          text={words.problems.network}
          retryLabel={words.retry}
          onRetry={() => void centre.load()}
        />
      ) : entries.length === 0 ? (
        <Empty icon="bell" title={words.centre.emptyTitle} text={words.centre.emptyText} />
      ) : (
        <ul class="rows scrolls" onKeyDown={(event) => moveByArrows(event)}>
          {entries.map((entry) => (
            <EntryRow key={entry.conversationId} entry={entry} />
          ))}
        </ul>
      )}
    </section>
  );
}

function nameOf(site: Site, { conversationId, title, messages }: Entry): string {
  const summary = site.list.known.get(conversationId);
  if (summary) return titleOf(summary, site);
  return title || site.people.nameOf(messages?.at(-1)?.author ?? "");
}

function EntryRow({ entry }: { entry: Entry }) {
  const site = useSite();
  const { conversationId: id, count, lastM, date, addressed, messages } = entry;
  useEffect(() => void site.centre.showMessages(id), [entry]);
  const name = nameOf(site, entry);
  const first = messages?.[0];
  const open = () =>
    route.go({ name: "conversation", id, ...(first && count <= (messages?.length ?? 0) && { message: first.n }) });
  const moment = new Date(date);
  const author = site.list.known.get(id)?.group === false ? messages?.at(-1)?.author : undefined;
  return (
    <li class="entry">
      <button type="button" class="row tall" data-moves onClick={open}>
        {author === undefined ? <Avatar id={id} name={name} square /> : <Face id={author} />}
        <span class="upper">
          <strong class="title">
            <span class="cut">{name}</span>
          </strong>
          <time dateTime={date} title={exact(moment)}>
            {short(moment)}
          </time>
        </span>
        <span class="lower">
          <span class="quiet">
            {words.centre.messages(count)}
            {addressed && ` · ${words.centre.addressed}`}
          </span>
        </span>
        {messages?.map((message) => (
          <span key={message.n} class="excerpt">
            <b>
              <PersonName id={message.author} />
            </b>
            <span class="excerpt-text">
              <MessageText text={message.deleted ? words.message.deleted : message.text} runs={message.runs} isInert />
            </span>
          </span>
        ))}
      </button>
      <span class="entry-commands">
        <IconButton icon="check" label={words.centre.markRead} onClick={() => site.markRead(id, lastM, true)} />
      </span>
    </li>
  );
}
