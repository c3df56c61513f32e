import { useEffect, useRef, useState } from "preact/hooks";
import type { MessageView } from "../../../src/sdk/client/index.ts";
import { IconButton } from "../../design/button.tsx";
import { beganIn } from "../../design/focus.ts";
import { lazily } from "../shell/lazily.tsx";
import { words } from "../words/words.ts";
import { useReacting } from "./chips.tsx";

const Picker = lazily(async () => (await import("./picker.tsx")).Picker);

interface Props {
  message: MessageView;
  opensUp: boolean;
  opensBack: boolean;
}

/** Opens the emoji to react with. */
export function ReactButton({ message, opensUp, opensBack }: Props) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const react = useReacting(message);
  const close = () => {
    setOpen(false);
    anchor.current?.querySelector<HTMLElement>(".icon-button")?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    const away = (event: Event) => !beganIn(event, anchor.current) && setOpen(false);
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [isOpen]);
  return (
    <span class="menu-anchor" ref={anchor}>
      <IconButton
        icon="smile"
        label={words.reactions.react}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <Picker
          opensUp={opensUp}
          opensBack={opensBack}
          onClose={close}
          onPick={(emoji) => {
            close();
            react(emoji);
          }}
        />
      )}
    </span>
  );
}
