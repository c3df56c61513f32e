import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../../design/button.tsx";
import { Icon } from "../../design/icons.tsx";
import { Empty, Failure, Skeleton } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import { Face, PersonName } from "../people/person.tsx";
import { useSuggestions } from "../people/suggestions.ts";
import { moveByArrows } from "../shell/keyboard.ts";
import { lazily } from "../shell/lazily.tsx";
import { route } from "../shell/route.ts";
import { useSite } from "../shell/site.ts";
import { words } from "../words/words.ts";
import { openWith } from "./opening.ts";
import { contains } from "./order.ts";
import { ConversationRow } from "./row.tsx";
import { titleOf } from "./title.ts";

const FoundMessages = lazily(async () => (await import("./found-messages.tsx")).FoundMessages);
const NewConversation = lazily(async () => (await import("./new-conversation.tsx")).NewConversation);

/** The list of conversations with its search, and the way to a new one. */
export function ConversationsView() {
  const [typed, setTyped] = useState("");
  const [isCreating, setCreating] = useState(false);
  const [inMessages, setInMessages] = useState(false);
  const isSearching = typed.trim() !== "";
  return (
    <section class="pane list-pane" aria-labelledby="list-title" data-region tabIndex={-1}>
      <header class="pane-head">
        <h1 id="list-title">{words.list.title}</h1>
        <IconButton icon="write" label={words.list.create} onClick={() => setCreating(true)} />
      </header>
      <div class="search-field">
        <Icon name="search" />
        <input
          type="search"
          class="input"
          placeholder={words.list.search}
          aria-label={words.list.search}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape" && typed) {
              event.stopPropagation();
              setTyped("");
            }
            if (event.key === "ArrowDown") moveByArrows(event, event.currentTarget.closest("section"));
          }}
        />
        {typed && <IconButton icon="close" label={words.list.clear} onClick={() => setTyped("")} />}
      </div>
      {isSearching && <Where inMessages={inMessages} onChosen={setInMessages} />}
      {!isSearching && <Listed onCreate={() => setCreating(true)} />}
      {isSearching &&
        (inMessages ? <FoundMessages text={typed} /> : <Found typed={typed} onPicked={() => setTyped("")} />)}
      {isCreating && <NewConversation onClose={() => setCreating(false)} />}
    </section>
  );
}

/** Titles and names, or what people said: two searches behind one field. */
function Where({ inMessages, onChosen }: { inMessages: boolean; onChosen: (inMessages: boolean) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form
    <div class="where" role="group" aria-label={words.found.where}>
      {[false, true].map((messages) => (
        <button
          key={`${messages}`}
          type="button"
          aria-pressed={messages === inMessages}
          onClick={() => onChosen(messages)}
        >
          {messages ? words.found.messages : words.list.title}
        </button>
      ))}
    </div>
  );
}

const openId = (): string | undefined => (route.place.name === "conversation" ? route.place.id : undefined);

function Listed({ onCreate }: { onCreate: () => void }) {
  const { list } = useSite();
  useWatched(list, route);
  useMinute();
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const last = end.current;
    if (!last) return;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && void list.more());
    seen.observe(last);
    return () => seen.disconnect();
  }, [list.hasMore, list.shown.length]);
  if (list.state === "loading") return <Skeleton label={words.loading} />;
  if (list.state === "failed")
    return (
      <Failure
        title={words.list.failedTitle}
        text={words.problems.network}
        retryLabel={words.retry}
        onRetry={() => {
          list.state = "loading";
          void list.load();
        }}
      />
    );
  const { shown } = list;
  if (shown.length === 0)
    return (
      <Empty icon="chats" title={words.list.emptyTitle} text={words.list.emptyText}>
        <button type="button" class="button main" onClick={onCreate}>
          {words.list.create}
        </button>
      </Empty>
    );
  return (
    <ul class="rows scrolls" onKeyDown={(event) => moveByArrows(event)}>
      {shown.map((summary) => (
        <ConversationRow key={summary.id} summary={summary} isOpen={summary.id === openId()} />
      ))}
      {list.hasMore && <li ref={end} class="end" />}
    </ul>
  );
}

/** What fits the search: titles and names, never the texts of messages. */
function Found({ typed, onPicked }: { typed: string; onPicked: () => void }) {
  const site = useSite();
  const { list, people } = site;
  useWatched(list, people, route);
  useEffect(() => void list.everything(), []);
  const persons = useSuggestions(typed);
  const conversations = [...list.known.values()]
    .filter((summary) => contains(titleOf(summary, site), typed))
    .sort((a, b) => (a.lastMessageDate < b.lastMessageDate ? 1 : -1));
  if (conversations.length === 0 && persons?.length === 0)
    return <Empty icon="search" title={words.list.nothingTitle} text={words.list.nothingText} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the entries, which have roles of their own
    <div class="rows scrolls" onKeyDown={(event) => moveByArrows(event)}>
      <ul>
        {conversations.map((summary) => (
          <ConversationRow key={summary.id} summary={summary} isOpen={summary.id === openId()} />
        ))}
      </ul>
      {!!persons?.length && (
        <>
          <h2 class="part">{words.list.people}</h2>
          <ul>
            {persons.map(({ id, name, fullName }) => (
              <li key={id}>
                <button
                  type="button"
                  class="row slim"
                  data-moves
                  onClick={() => {
                    onPicked();
                    void openWith(site, id);
                  }}
                >
                  <Face id={id} />
                  <span class="upper">
                    <strong class="title">
                      <PersonName id={id} />
                    </strong>
                  </span>
                  {fullName !== name && <span class="lower quiet cut">{fullName}</span>}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Relative times grow old: they are drawn anew every minute. */
function useMinute(): void {
  const [, setMinute] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setMinute((minute) => minute + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
}
