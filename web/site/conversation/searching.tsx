import { useEffect, useState } from "preact/hooks";
import type { MessageView } from "../../../src/sdk/client/index.ts";
import { Failure } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import { Face } from "../people/person.tsx";
import { moveByArrows } from "../shell/keyboard.ts";
import { route } from "../shell/route.ts";
import { useSite } from "../shell/site.ts";
import { exact, short, words } from "../words/words.ts";
import { excerptOf } from "./excerpt.ts";
import { SidePanel } from "./panel.tsx";

const pauseMs = 250;
const most = 50;

/** Finds messages by their words, in this conversation alone. */
export function Searching({ id, onClose }: { id: string; onClose: () => void }) {
  const { beseda } = useSite();
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<MessageView[] | "failed">();
  const [tries, setTries] = useState(0);
  const text = typed.trim();
  useEffect(() => {
    if (text === "") return setFound(undefined);
    let isCurrent = true;
    const timer = setTimeout(() => {
      beseda.getMessages({ conversation: id, text, withoutDeleted: true, count: most }).then(
        ({ items }) => isCurrent && setFound(items.flatMap(({ view }) => view ?? [])),
        () => isCurrent && setFound("failed"),
      );
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text, tries]);
  return (
    <SidePanel title={words.searching.title} onClose={onClose}>
      <input
        type="search"
        class="input"
        aria-label={words.searching.placeholder}
        placeholder={words.searching.placeholder}
        maxLength={255}
        value={typed}
        ref={(element) => element?.focus()}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => event.key === "ArrowDown" && moveByArrows(event, event.currentTarget.parentElement)}
      />
      {found === "failed" ? (
        <Failure
          title={words.conversation.failedTitle}
          text={words.problems.network}
          retryLabel={words.retry}
          onRetry={() => setTries(tries + 1)}
        />
      ) : (
        <Results id={id} text={text} found={found} />
      )}
    </SidePanel>
  );
}

function Results({ id, text, found }: { id: string; text: string; found: MessageView[] | undefined }) {
  const { people } = useSite();
  useWatched(people);
  if (!found) return <p class="quiet">{words.searching.hint}</p>;
  return (
    <>
      <p class="quiet" role="status">
        {found.length === 0 ? words.searching.nothing : words.searching.results(found.length)}
      </p>
      <ul class="results" onKeyDown={(event) => moveByArrows(event)}>
        {found.map(({ id: message, n, author, date, text: whole }) => {
          const { before, match, after } = excerptOf(whole, text);
          return (
            <li key={message}>
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
                  <strong class="cut">{people.nameOf(author)}</strong>
                  <time dateTime={date} title={exact(new Date(date))}>
                    {short(new Date(date))}
                  </time>
                </span>
                <span class="excerpt">
                  {before}
                  <mark>{match}</mark>
                  {after}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
