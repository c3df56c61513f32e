import type { MessageView } from "../../../src/sdk/client/index.ts";
import { toasts } from "../../design/toast.tsx";
import { useWatched } from "../../design/watched.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { say } from "../words/problem.ts";
import { words } from "../words/words.ts";

/** Reacts, or takes the reaction back, and says when that did not go. */
export const useReacting = (message: MessageView): ((emoji: string) => void) => {
  const { reacting } = useSpeaker();
  return (emoji) => void reacting.toggle(message, emoji).catch((error: unknown) => toasts.show({ text: say(error) }));
};

/** The reactions of a message below it: each says who it is from, and is a switch for the user's own. */
export function Chips({ message, canReact }: { message: MessageView; canReact: boolean }) {
  const { reacting, people } = useSpeaker();
  useWatched(reacting, people);
  const react = useReacting(message);
  const shown = reacting.of(message);
  if (shown.length === 0) return null;
  return (
    <ul class="reactions" aria-label={words.reactions.title}>
      {shown.map(({ emoji, count, users, isOwn }) => {
        const names = users.map((user) => people.nameOf(user)).filter(Boolean);
        const who = words.reactions.by(names.join(", "), count - users.length);
        return (
          <li key={emoji}>
            <button
              type="button"
              class="reaction"
              aria-pressed={isOwn}
              disabled={!canReact}
              aria-label={`${emoji} ${count}: ${who}`}
              title={who}
              onClick={() => react(emoji)}
            >
              <span class="emoji">{emoji}</span> {count}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
