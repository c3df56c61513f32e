import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../../design/button.tsx";
import { focusedAround } from "../../design/focus.ts";
import { words } from "../words/words.ts";
import { more, quick } from "./emoji.ts";

interface Props {
  opensUp: boolean;
  /** Towards the beginning of the line. */
  opensBack: boolean;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

const inRow = 8;

/** Six emoji at hand, and more behind a button. Arrows move among them, Escape closes. */
export function Picker({ opensUp, opensBack, onPick, onClose }: Props) {
  const [isWhole, setWhole] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("button")?.focus();
  }, [isWhole]);
  const keyed = (event: KeyboardEvent) => {
    const row = isWhole ? inRow : 1;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[event.key];
    const buttons = [...(box.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    if (event.key === "Escape") onClose();
    else if (step === undefined) return;
    else buttons[buttons.indexOf(focusedAround(box.current) as HTMLElement) + step]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={box}
      class={`menu emoticons picking${opensUp ? " up" : ""}${opensBack ? " back" : ""}${isWhole ? " whole" : ""}`}
      role="dialog"
      aria-label={words.reactions.react}
      tabIndex={-1}
      onKeyDown={keyed}
    >
      {(isWhole ? [...quick, ...more] : quick).map((emoji) => (
        <button key={emoji} type="button" onClick={() => onPick(emoji)}>
          {emoji}
        </button>
      ))}
      {!isWhole && <IconButton icon="more" label={words.reactions.more} onClick={() => setWhole(true)} />}
    </div>
  );
}
