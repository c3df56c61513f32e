import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { UsersChoicePurpose } from "../../../src/sdk/embed/choosing.ts";
import type { FoundForm } from "../../../src/sdk/embed/users-choice-form.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { ChoiceFormLayer } from "./choice-form.tsx";
import { useViewScope } from "./view-scope.ts";

/**
 * The host's picker behind "Show all".
 * @param onChosen gets the ids of the users chosen there, blocked ones left out; not called when nobody was
 * @returns `open`, and the layer to draw
 */
export function useShowAll(purpose: UsersChoicePurpose, onChosen: (users: string[]) => void) {
  const { people } = useSpeaker();
  const { situation } = useViewScope(purpose);
  const [found, setFound] = useState<FoundForm>();
  // While a picker is open, or who was chosen is being asked for, others may be chosen: they stay.
  const latest = useRef(onChosen);
  latest.current = onChosen;
  const done = async (references: string[]) => {
    setFound(undefined);
    const users = await people.resolve(references);
    if (users.length > 0) latest.current(users);
  };
  const layer: ComponentChildren = found && (
    <ChoiceFormLayer found={found} situation={situation()} onDone={(references) => void done(references)} />
  );
  return { open: setFound, layer };
}
