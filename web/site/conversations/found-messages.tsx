import { useEffect, useState } from "preact/hooks";
import type { FoundMessage } from "../../../src/sdk/client/index.ts";
import { Empty, Failure, Skeleton } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import { Face } from "../people/person.tsx";
import { moveByArrows } from "../shell/keyboard.ts";
import { route } from "../shell/route.ts";
import { useSite } from "../shell/site.ts";
import { exact, short, words } from "../words/words.ts";
import { markedExcerpt } from "./marked-excerpt.ts";
import { MessageSearch } from "./message-search.ts";
import { titleOf } from "./title.ts";

const pauseMs = 300;
const shortest = 2;

/** What people said with these words, in all conversations. */
export function FoundMessages({ text }: { text: string }) {
  const { beseda, people } = useSite();
  const [search] = useState(() => new MessageSearch(beseda));
  useWatched(search, people);
  const sought = text.trim().length < shortest ? "" : text.trim();
  useEffect(() => {
    const timer = setTimeout(() => search.seek(sought), pauseMs);
    return () => clearTimeout(timer);
  }, [sought]);
  useEffect(() => () => search.seek(""), []);
  const { state, items, hasMore } = search;
  if (sought === "") return <p class="state quiet">{words.found.hint}</p>;
  if (items.length === 0 && state !== "ready" && state !== "failed") return <Skeleton label={words.found.looking} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the entries, which have roles of their own
    <div class="rows scrolls" onKeyDown={(event) => moveByArrows(event)}>
      {state !== "failed" && items.length > 0 && (
        <p class="part" role="status">
          {words.found.results(items.length, hasMore)}
        </p>
      )}
      <ul class="results found">
        {items.map((item) => (
          <FoundRow key={item.message.id} item={item} />
        ))}
      </ul>
      <Ending search={search} />
    </div>
  );
}

/** What stands behind the last result: nothing, a way further, or what went wrong. */
function Ending({ search }: { search: MessageSearch }) {
  const { state, items, hasMore } = search;
  if (state === "looking") return <Skeleton label={words.found.looking} rows={2} />;
  if (state === "failed")
    return (
      <Failure
        title={words.found.failedTitle}
        text={words.problems.network}
        retryLabel={words.retry}
        onRetry={() => void search.further()}
      />
    );
  const further = hasMore && (
    <button type="button" class="button further" data-moves onClick={() => void search.further()}>
      {words.found.further}
    </button>
  );
  if (items.length > 0) return <>{further}</>;
  return (
    <Empty
      icon="search"
      title={hasMore ? words.found.notYetTitle : words.found.nothingTitle}
      text={hasMore ? words.found.notYetText : words.found.nothingText}
    >
      {further}
    </Empty>
  );
}

function FoundRow({ item: { conversation, message, marks } }: { item: FoundMessage }) {
  const site = useSite();
  const { author = "", date = new Date(0), n, text } = message;
  const { id } = conversation;
  return (
    <li>
      <button
        type="button"
        class="result"
        data-moves
        onClick={() => {
          // The same message may be wanted twice.
          route.go({ name: "conversation", id });
          route.go({ name: "conversation", id, message: n }, true);
        }}
      >
        <Face id={author} size="small" />
        <span class="upper">
          <strong class="cut">{titleOf(conversation, site)}</strong>
          <time dateTime={date.toISOString()} title={exact(date)}>
            {short(date)}
          </time>
        </span>
        <span class="excerpt">
          <span class="quiet">{site.people.nameOf(author)}: </span>
          {markedExcerpt(text, marks).map((piece, index) =>
            piece.isMarked ? <mark key={index}>{piece.text}</mark> : piece.text,
          )}
        </span>
      </button>
    </li>
  );
}
