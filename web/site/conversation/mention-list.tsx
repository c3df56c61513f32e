import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { PersonLine } from "../people/person.tsx";
import { useSuggestions } from "../people/suggestions.ts";
import { words } from "../words/words.ts";

interface Props {
  typed: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onPick: (user: string) => void;
  onClose: () => void;
}

/** People whose names fit what was typed after the @. The field keeps the focus; its arrows and Enter choose here. */
export function MentionList({ typed, field, onPick, onClose }: Props) {
  const found = useSuggestions(typed)?.slice(0, 6);
  const [active, setActive] = useState(0);
  useEffect(() => {
    const element = field.current;
    if (!element || !found?.length) return;
    const keyed = (event: KeyboardEvent) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) setActive((active + step + found.length) % found.length);
      else if (event.key === "Enter" || event.key === "Tab") onPick(found[active]?.id ?? "");
      else if (event.key === "Escape") onClose();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener("keydown", keyed, { capture: true });
    return () => element.removeEventListener("keydown", keyed, { capture: true });
  }, [found, active]);
  if (!found?.length) return null;
  return (
    <div class="suggestions up" role="listbox" aria-label={words.composer.mention}>
      {found.map((user, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
        <div
          key={user.id}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(user.id)}
        >
          <PersonLine user={user} />
        </div>
      ))}
    </div>
  );
}
