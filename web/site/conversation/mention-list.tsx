import type { RefObject } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { useChoice } from "../people/choice.ts";
import { ChoiceList, linesOf } from "../people/choice-list.tsx";
import type { Picked } from "../people/chosen.ts";
import { useShowAll } from "../people/show-all.tsx";
import { words } from "../words/words.ts";

interface Props {
  typed: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onPick: (entry: Picked) => void;
  onClose: () => void;
}

/** People whose names fit what was typed after the @. The field keeps the focus; its arrows and Enter choose here. */
export function MentionList({ typed, field, onPick, onClose }: Props) {
  const choice = useChoice(typed, { purpose: "MessageRecipient", atMost: 6 });
  const showAll = useShowAll("MessageRecipient", (users) => onPick({ type: "group", users }));
  const [active, setActive] = useState(0);
  const id = useId();
  const count = linesOf(choice);
  const pick = (index: number) => {
    const entry = choice?.entries[index];
    if (entry) onPick(entry);
    else if (choice?.form) showAll.open(choice.form);
  };
  useEffect(() => setActive(0), [typed]);
  useEffect(() => {
    const element = field.current;
    if (!element || count === 0) return;
    const keyed = (event: KeyboardEvent) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) setActive((active + step + count) % count);
      else if (event.key === "Enter" || event.key === "Tab") pick(active);
      else if (event.key === "Escape") onClose();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener("keydown", keyed, { capture: true });
    return () => element.removeEventListener("keydown", keyed, { capture: true });
  }, [choice, active]);
  return (
    <>
      {count > 0 && (
        <ChoiceList id={id} choice={choice} active={active} label={words.composer.mention} opensUp onPick={pick} />
      )}
      {showAll.layer}
    </>
  );
}
