import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { limits } from "../../../src/protocol/limits.ts";
import type { MessageView } from "../../../src/sdk/client/index.ts";
import { Button } from "../../design/button.tsx";
import { useSpeaker } from "../shell/speaker.ts";
import { say } from "../words/problem.ts";
import { words } from "../words/words.ts";
import { fitHeight } from "./field-height.ts";

/** A message being changed where it stands. */
export function Editing({ message, onDone }: { message: MessageView; onDone: () => void }) {
  const speaker = useSpeaker();
  const [text, setText] = useState(message.text);
  const [problem, setProblem] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  useLayoutEffect(() => fitHeight(field.current), [text]);
  const save = async () => {
    const changed = text.trim();
    if (changed === message.text || changed === "") return onDone();
    // Shown at once; the answer, or the event, says the same.
    const history = speaker.historyOf(message.conversationId);
    try {
      const { view } = await speaker.beseda.updateMessage(message.id, { text: changed });
      if (view) history.note(view);
      onDone();
    } catch (error) {
      setProblem(`${words.message.editFailed}. ${say(error)}`);
    }
  };
  const keyed = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") onDone();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void save();
  };
  return (
    <div class="editing">
      <textarea
        ref={field}
        class="input"
        aria-label={words.message.editing}
        maxLength={limits.messageText}
        rows={1}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={keyed}
      />
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <span class="editing-buttons">
        <Button onClick={onDone}>{words.cancel}</Button>
        <Button look="main" onClick={() => void save()}>
          {words.save}
        </Button>
      </span>
    </div>
  );
}
