import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../../design/icons.tsx";
import { useWatched } from "../../design/watched.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";
import { Face, PersonLine, PersonName } from "./person.tsx";
import { useSuggestions } from "./suggestions.ts";

interface Props {
  label: string;
  placeholder: string;
  chosen: string[];
  onChange: (chosen: string[]) => void;
  /** People who stand no more to choice. */
  without?: readonly string[];
  isFocused?: boolean;
}

/** Chooses people by typing parts of their names: a combobox whose choices stand as chips before it. */
export function PeoplePicker({ label, placeholder, chosen, onChange, without = [], isFocused }: Props) {
  const { people } = useSpeaker();
  useWatched(people);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, []);
  const found = useSuggestions(typed)?.filter((user) => !chosen.includes(user.id) && !without.includes(user.id));
  const choose = (user: string | undefined) => {
    if (user === undefined) return;
    onChange([...chosen, user]);
    setTyped("");
    setActive(0);
  };
  const keyed = (event: KeyboardEvent) => {
    const { key } = event;
    if (key === "Backspace" && typed === "") return onChange(chosen.slice(0, -1));
    if (!found?.length) return;
    if (key === "ArrowDown") setActive((active + 1) % found.length);
    else if (key === "ArrowUp") setActive((active - 1 + found.length) % found.length);
    else if (key === "Enter") choose(found[active]?.id);
    else if (key === "Escape") setTyped("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="picker">
      <div class="chips">
        {chosen.map((user) => (
          <button
            key={user}
            type="button"
            class="chip"
            aria-label={words.people.remove(people.nameOf(user))}
            onClick={() => onChange(chosen.filter((one) => one !== user))}
          >
            <Face id={user} size="small" />
            <PersonName id={user} />
            <Icon name="close" />
          </button>
        ))}
        <input
          type="text"
          role="combobox"
          autocomplete="off"
          aria-label={label}
          aria-expanded={!!found?.length}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={found?.[active] ? `${id}-${active}` : undefined}
          placeholder={chosen.length === 0 ? placeholder : ""}
          value={typed}
          ref={field}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setActive(0);
          }}
          onKeyDown={keyed}
        />
      </div>
      <div class="suggestions" id={id} role="listbox" aria-label={words.people.suggestions} hidden={!found?.length}>
        {found?.map((user, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox, which keeps the focus
          <div
            key={user.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(user.id)}
          >
            <PersonLine user={user} />
          </div>
        ))}
      </div>
    </div>
  );
}
