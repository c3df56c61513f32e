import { useEffect, useState } from "preact/hooks";
import { Avatar } from "../../design/avatar.tsx";
import { useModal } from "../../design/modal.ts";
import { useWatched } from "../../design/watched.ts";
import { openWith } from "../conversations/opening.ts";
import { byLastMessage, contains } from "../conversations/order.ts";
import { partnerOf, titleOf } from "../conversations/title.ts";
import { Face, PersonName } from "../people/person.tsx";
import { useSuggestions } from "../people/suggestions.ts";
import { words } from "../words/words.ts";
import { route } from "./route.ts";
import { useSite } from "./site.ts";

const most = 8;

interface Goal {
  key: string;
  title: string;
  person: string | undefined;
  go: () => void;
}

function useGoals(typed: string): Goal[] {
  const site = useSite();
  useWatched(site.list, site.people);
  useEffect(() => void site.list.everything(), []);
  const people = useSuggestions(typed) ?? [];
  const conversations = [...site.list.known.values()]
    .sort(byLastMessage)
    .map((summary) => ({
      key: summary.id,
      title: titleOf(summary, site),
      person: partnerOf(summary, site.me.id),
      go: () => route.go({ name: "conversation", id: summary.id }),
    }))
    .filter(({ title }) => contains(title, typed))
    .slice(0, most);
  const met = new Set(conversations.map(({ person }) => person));
  const others = people
    .filter(({ id }) => !met.has(id))
    .map(({ id, name }) => ({ key: id, title: name, person: id, go: () => void openWith(site, id) }));
  return [...conversations, ...others].slice(0, most + 4);
}

/** Jumps to any conversation or person by a part of the name. */
export function Switcher({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const dialog = useModal(onClose);
  const goals = useGoals(typed);
  const pick = (goal: Goal | undefined) => {
    if (!goal) return;
    onClose();
    goal.go();
  };
  const keyed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((active + step + goals.length) % Math.max(1, goals.length));
    else if (event.key === "Enter") pick(goals[active]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} class="dialog switcher" aria-label={words.switcher.title}>
      <input
        class="input"
        type="text"
        role="combobox"
        autocomplete="off"
        aria-label={words.switcher.placeholder}
        aria-expanded={goals.length > 0}
        aria-controls="goals"
        aria-activedescendant={goals[active] ? `goal-${active}` : undefined}
        placeholder={words.switcher.placeholder}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={keyed}
      />
      <div id="goals" class="scrolls" role="listbox" aria-label={words.switcher.title}>
        {goals.map((goal, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
          <div
            key={goal.key}
            id={`goal-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onClick={() => pick(goal)}
          >
            {goal.person ? (
              <Face id={goal.person} size="small" />
            ) : (
              <Avatar id={goal.key} name={goal.title} size="small" square />
            )}
            {goal.person ? <PersonName id={goal.person} /> : <span class="cut">{goal.title}</span>}
          </div>
        ))}
      </div>
      <p class="quiet small">{goals.length > 0 ? words.switcher.hint : words.list.nothingTitle}</p>
    </dialog>
  );
}
