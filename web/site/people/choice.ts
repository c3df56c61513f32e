import { useEffect, useState } from "preact/hooks";
import { choiceFormFor, suggestionsFrom } from "../../../src/sdk/embed/asking.ts";
import type { UsersChoicePurpose } from "../../../src/sdk/embed/choosing.ts";
import type { ReadSuggestion } from "../../../src/sdk/embed/users-auto-complete.ts";
import type { FoundForm } from "../../../src/sdk/embed/users-choice-form.ts";
import { useSpeaker } from "../shell/speaker.ts";
import type { Entry } from "./chosen.ts";
import type { People } from "./people.ts";
import { useViewScope } from "./view-scope.ts";

/** What there is to choose from: the drop-down, and the picker that "Show all" opens. */
export interface Choice {
  entries: Entry[];
  form: FoundForm | undefined;
}

const pauseMs = 120;

/** Entries whose users exist and are not blocked; the others cannot be chosen (USR-24). */
async function resolved(list: readonly ReadSuggestion[], people: People): Promise<Entry[]> {
  await people.resolve(list.flatMap((entry) => (entry.type === "nobody" ? [] : entry.references)));
  const entries = list.map(async (entry): Promise<Entry> => {
    if (entry.type === "nobody") return { ...entry, users: [] };
    const { references, ...rest } = entry;
    return { ...rest, users: await people.resolve(references) };
  });
  return (await Promise.all(entries)).filter(({ type, users }) => type === "nobody" || users.length > 0);
}

interface Choosing {
  purpose: UsersChoicePurpose;
  /** Users whom the system does not propose. */
  without?: readonly string[];
  /** How many the system proposes at most. */
  atMost?: number;
}

/** What there is to choose from for a typed text, as the system and the hooks have it; undefined while nothing is typed. */
export function useChoice(typed: string, { purpose, without = [], atMost }: Choosing): Choice | undefined {
  const { beseda, people, me, hooks } = useSpeaker();
  const { view, situation } = useViewScope(purpose);
  const [choice, setChoice] = useState<Choice>();
  const text = typed.trim();
  useEffect(() => {
    if (text === "") return setChoice(undefined);
    let isCurrent = true;
    const build = async () => {
      const users = await beseda.suggestUsers(text).catch(() => []);
      if (!isCurrent) return;
      people.note(...users);
      const others = users.filter(({ id }) => id !== me.id && !without.includes(id)).slice(0, atMost);
      const systemList = others.map(({ id }) => ({ value: id }));
      const list = await suggestionsFrom(hooks, systemList, text, situation(), view());
      const entries = await resolved(list, people);
      const form = await choiceFormFor(hooks, situation(), view());
      if (isCurrent) setChoice({ entries, form });
    };
    const timer = setTimeout(() => void build(), pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  return text === "" ? undefined : choice;
}
