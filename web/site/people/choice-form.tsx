import { useEffect, useRef, useState } from "preact/hooks";
import type { Situation } from "../../../src/sdk/embed/choosing.ts";
import { told } from "../../../src/sdk/embed/choosing.ts";
import type { ChoiceFormOpening, FoundForm } from "../../../src/sdk/embed/users-choice-form.ts";
import { readChoice } from "../../../src/sdk/embed/values.ts";
import { Dialog } from "../../design/dialog.tsx";
import { toasts } from "../../design/toast.tsx";
import { useSpeaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";

interface Props {
  found: FoundForm;
  situation: Situation;
  /** @param references ids or UUIDs of the chosen users; none when the picker was left without a choice */
  onDone: (references: string[]) => void;
}

const definedWithinMs = 5_000;

/** The element, or the choice of a function that shows something of its own. */
async function opened(chosenForm: FoundForm["chosenForm"], opening: ChoiceFormOpening): Promise<unknown> {
  if (typeof chosenForm === "function") return chosenForm(opening);
  const late = AbortSignal.timeout(definedWithinMs);
  await Promise.race([
    customElements.whenDefined(chosenForm),
    new Promise((_, reject) => late.addEventListener("abort", () => reject(late.reason))),
  ]);
  return Object.assign(document.createElement(chosenForm), { opening });
}

/** The host's picker, in a dialog of ours if it is an element. */
export function ChoiceFormLayer({ found, situation, onDone }: Props) {
  const { hooks } = useSpeaker();
  const [element, setElement] = useState<HTMLElement>();
  useEffect(() => {
    const left = new AbortController();
    const { chosenForm, parameters } = found;
    opened(chosenForm, { ...told(situation), parameters, signal: left.signal }).then(
      (shown) => (shown instanceof HTMLElement ? setElement(shown) : onDone(readChoice(shown))),
      (error: unknown) => {
        if (!left.signal.aborted) toasts.show({ text: words.people.formFailed });
        hooks.onError(error);
        onDone([]);
      },
    );
    return () => {
      if (parameters.closeOnOwnerClose !== false) left.abort();
    };
  }, []);
  if (!element) return null;
  return (
    <Dialog title={words.people.choose} closeLabel={words.close} onClose={() => onDone([])}>
      <Place element={element} onChoice={(choice) => onDone(readChoice(choice))} />
    </Dialog>
  );
}

function Place({ element, onChoice }: { element: HTMLElement; onChoice: (choice: unknown) => void }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = (event: Event) => onChoice((event as CustomEvent).detail);
    element.addEventListener("choice", chosen);
    place.current?.append(element);
    return () => {
      element.removeEventListener("choice", chosen);
      element.remove();
    };
  }, []);
  return <div ref={place} />;
}
