import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { UsersChoicePurpose } from "../../../src/sdk/embed/choosing.ts";
import { Icon } from "../../design/icons.tsx";
import { words } from "../words/words.ts";
import { useChoice } from "./choice.ts";
import { ChoiceList, linesOf } from "./choice-list.tsx";
import { chosenWith, type Picked } from "./chosen.ts";
import { Face, PersonName } from "./person.tsx";
import { useShowAll } from "./show-all.tsx";

interface Props {
  label: string;
  placeholder: string;
  purpose: UsersChoicePurpose;
  chosen: string[];
  onChange: (chosen: string[]) => void;
  /** People who stand no more to choice. */
  without?: readonly string[];
  isFocused?: boolean;
}

/** Chooses people by typing parts of their names: a combobox whose choices stand as chips before it. */
export function PeoplePicker({ label, placeholder, purpose, chosen, onChange, without = [], isFocused }: Props) {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, []);
  const choice = useChoice(typed, { purpose, without: [...chosen, ...without] });
  const add = (picked: Picked) => onChange(chosenWith(chosen, picked).filter((user) => !without.includes(user)));
  const showAll = useShowAll(purpose, (users) => add({ type: "group", users }));
  const count = linesOf(choice);
  const pick = (index: number) => {
    const entry = choice?.entries[index];
    if (entry) add(entry);
    else if (choice?.form) showAll.open(choice.form);
    setTyped("");
    setActive(0);
  };
  const keyed = (event: KeyboardEvent) => {
    const { key } = event;
    if (key === "Backspace" && typed === "") return onChange(chosen.slice(0, -1));
    if (count === 0) return;
    if (key === "ArrowDown") setActive((active + 1) % count);
    else if (key === "ArrowUp") setActive((active - 1 + count) % count);
    else if (key === "Enter") pick(active);
    else if (key === "Escape") setTyped("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="picker">
      <div class="chips">
        <Chips chosen={chosen} onChange={onChange} />
        <input
          type="text"
          role="combobox"
          autocomplete="off"
          aria-label={label}
          aria-expanded={count > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={active < count ? `${id}-${active}` : undefined}
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
      <ChoiceList id={id} choice={choice} active={active} label={words.people.suggestions} onPick={pick} />
      {showAll.layer}
    </div>
  );
}

/** Who is chosen; a click takes one away. */
function Chips({ chosen, onChange }: Pick<Props, "chosen" | "onChange">) {
  return (
    <>
      {chosen.map((user) => (
        <button key={user} type="button" class="chip" onClick={() => onChange(chosen.filter((one) => one !== user))}>
          <Face id={user} size="small" />
          <span class="unseen">{words.people.remove("")}</span>
          <PersonName id={user} />
          <Icon name="close" />
        </button>
      ))}
    </>
  );
}
