import { useEffect, useState } from "preact/hooks";
import type { MessageView, Reacted } from "../../../src/sdk/client/index.ts";
import { Dialog } from "../../design/dialog.tsx";
import { toasts } from "../../design/toast.tsx";
import { Face, PersonName } from "../people/person.tsx";
import { useSpeaker } from "../shell/speaker.ts";
import { say } from "../words/problem.ts";
import { words } from "../words/words.ts";

/** Everybody who reacted to a message, and with what. */
export function ReactionsDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const { beseda } = useSpeaker();
  const [items, setItems] = useState<Reacted[]>([]);
  const [cursor, setCursor] = useState<string>();
  const load = async (from?: string) => {
    try {
      const page = await beseda.getReactions(message.id, { count: 100, cursor: from });
      setItems((known) => [...known, ...page.items]);
      setCursor(page.cursor);
    } catch (error) {
      toasts.show({ text: say(error) });
    }
  };
  useEffect(() => void load(), []);
  return (
    <Dialog title={words.reactions.title} closeLabel={words.close} onClose={onClose}>
      <ul class="reacted">
        {items.map(({ emoji, user }) => (
          <li key={emoji + user}>
            <span class="emoji">{emoji}</span>
            <Face id={user} size="small" />
            <PersonName id={user} />
          </li>
        ))}
      </ul>
      {cursor !== undefined && (
        <button type="button" class="button" onClick={() => void load(cursor)}>
          {words.people.more}
        </button>
      )}
    </Dialog>
  );
}
