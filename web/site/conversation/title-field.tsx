import { useState } from "preact/hooks";
import { limits } from "../../../src/protocol/limits.ts";
import type { Conversation } from "../../../src/sdk/client/index.ts";
import { toasts } from "../../design/toast.tsx";
import { say } from "../words/problem.ts";
import { words } from "../words/words.ts";

/** The title, changed where it stands: written when the field is left or Enter is pressed. */
export function TitleField({ conversation, title }: { conversation: Conversation; title: string }) {
  const [typed, setTyped] = useState(title);
  const save = async () => {
    const wanted = typed.trim();
    if (wanted === "" || wanted === title) return setTyped(title);
    try {
      conversation.title = wanted;
      await conversation.write();
    } catch (error) {
      setTyped(title);
      toasts.show({ text: say(error) });
    }
  };
  return (
    <label class="field">
      <span>{words.details.newTitle}</span>
      <input
        class="input"
        maxLength={limits.conversationTitle}
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
    </label>
  );
}
