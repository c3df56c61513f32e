import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../../design/button.tsx";
import { beganIn, focusedAround } from "../../design/focus.ts";
import { words } from "../words/words.ts";
import { emoticons } from "./emoticons.ts";

const inRow = 7;

/** The emoticons that every client knows, to pick from. */
export function EmoticonButton({ onPick }: { onPick: (code: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    anchor.current?.querySelector<HTMLElement>(".emoticons button")?.focus();
    const away = (event: Event) => !beganIn(event, anchor.current) && setOpen(false);
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [isOpen]);
  const keyed = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: inRow, ArrowUp: -inRow }[event.key];
    const buttons = [...(anchor.current?.querySelectorAll<HTMLElement>(".emoticons button") ?? [])];
    if (event.key === "Escape") setOpen(false);
    else if (step === undefined) return;
    else buttons[buttons.indexOf(focusedAround(anchor.current) as HTMLElement) + step]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the pictures in it, wherever the focus is there
    <span class="menu-anchor" ref={anchor} onKeyDown={isOpen ? keyed : undefined}>
      <IconButton
        icon="smile"
        label={words.composer.emoticons}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <div class="menu up emoticons" role="dialog" aria-label={words.composer.emoticons}>
          {emoticons.map(({ code, form, name }) => (
            <button
              key={code}
              type="button"
              aria-label={words.emoticons[name]}
              title={`${words.emoticons[name]} ${form}`}
              onClick={() => {
                setOpen(false);
                onPick(code);
              }}
            >
              {code}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
