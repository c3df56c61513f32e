import { useEffect, useState } from "preact/hooks";
import type { User } from "../../../src/sdk/client/index.ts";
import { useSpeaker } from "../shell/speaker.ts";

const pauseMs = 120;

/** People whose name fits what is being typed; undefined while the answer is on its way for the first time. */
export function useSuggestions(typed: string, isAsked = typed.trim() !== ""): User[] | undefined {
  const { beseda, people, me } = useSpeaker();
  const [found, setFound] = useState<User[]>();
  useEffect(() => {
    if (!isAsked) return setFound(undefined);
    let isCurrent = true;
    const timer = setTimeout(() => {
      beseda.suggestUsers(typed.trim()).then(
        (users) => {
          if (!isCurrent) return;
          people.note(...users);
          setFound(users.filter(({ id }) => id !== me.id));
        },
        () => isCurrent && setFound([]),
      );
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [typed, isAsked]);
  return isAsked ? found : undefined;
}
