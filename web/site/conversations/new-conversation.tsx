import { useState } from "preact/hooks";
import { limits } from "../../../src/protocol/limits.ts";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { PeoplePicker } from "../people/fields-lazily.ts";
import { route } from "../shell/route.ts";
import { useSite } from "../shell/site.ts";
import { say } from "../words/problem.ts";
import { words } from "../words/words.ts";

/** Asks for a title and for members, and opens what comes about. */
export function NewConversation({ onClose }: { onClose: () => void }) {
  const site = useSite();
  // Kept from try to try: a repeat after a lost answer creates nothing twice.
  const [conversation] = useState(() => site.beseda.createConversation());
  const [title, setTitle] = useState("");
  const [members, setMembers] = useState<string[]>([]);
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  const create = async () => {
    if (title.trim() === "") return setProblem(words.creating.needsTitle);
    if (members.length === 0) return setProblem(words.creating.needsMembers);
    setBusy(true);
    setProblem("");
    try {
      conversation.title = title.trim();
      conversation.members = members;
      const { id } = await conversation.write();
      onClose();
      if (id) route.go({ name: "conversation", id });
    } catch (error) {
      setProblem(say(error));
      setBusy(false);
    }
  };
  const footer = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button look="main" disabled={isBusy} onClick={() => void create()}>
        {words.creating.create}
      </Button>
    </>
  );
  return (
    <Dialog title={words.creating.title} closeLabel={words.close} onClose={onClose} footer={footer}>
      <label class="field">
        <span>{words.creating.name}</span>
        <input
          class="input"
          placeholder={words.creating.nameHint}
          maxLength={limits.conversationTitle}
          value={title}
          onInput={({ currentTarget }) => setTitle(currentTarget.value)}
        />
      </label>
      <div class="field">
        <span aria-hidden="true">{words.creating.members}</span>
        <PeoplePicker
          label={words.creating.members}
          placeholder={words.creating.membersHint}
          purpose="ConversationMember"
          chosen={members}
          onChange={setMembers}
        />
      </div>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
