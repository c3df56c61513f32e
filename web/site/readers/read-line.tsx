import { useState } from "preact/hooks";
import type { ConversationView, MessageView } from "../../../src/sdk/client/index.ts";
import { Icon } from "../../design/icons.tsx";
import { useWatched } from "../../design/watched.ts";
import type { History } from "../conversation/history.ts";
import { Face } from "../people/person.tsx";
import { lazily } from "../shell/lazily.tsx";
import { useSpeaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";
import { tellsReaders } from "./readers.ts";

const ReadersDialog = lazily(async () => (await import("./dialog.tsx")).ReadersDialog);
const facesShown = 3;

interface Props {
  history: History;
  message: MessageView;
}

/** Who has read an own message of a group, in a line that is always there, so that nothing moves when somebody reads. */
export function ReadLine({ history, message }: Props) {
  const { conversation } = history;
  if (!conversation?.group || conversation.viewOnly || !tellsReaders(conversation)) return null;
  return <Line history={history} message={message} conversation={conversation} />;
}

function Line({ history, message, conversation }: Props & { conversation: ConversationView }) {
  const { people } = useSpeaker();
  useWatched(history.readers, people);
  const [isOpen, setOpen] = useState(false);
  const readers = history.readers.of(message, conversation, history.messages);
  const [first] = readers;
  return (
    <>
      <p class="read-line">
        {first !== undefined && (
          <button type="button" class="text-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
            <span class="faces">
              {readers.slice(0, facesShown).map((user) => (
                <Face key={user} id={user} size="small" />
              ))}
            </span>
            <span class="cut">
              {readers.length === conversation.memberCount - 1 && readers.length > 1
                ? words.readers.everybody
                : words.readers.readBy(people.nameOf(first), readers.length - 1)}
            </span>
          </button>
        )}
      </p>
      {isOpen && (
        <ReadersDialog
          readers={readers}
          others={conversation.members.filter((user) => user !== message.author && !readers.includes(user))}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** In a one-to-one conversation: one tick for a message that is stored, two for one that was read. */
export function Ticks({ history, message }: Props) {
  useWatched(history.readers);
  const { conversation } = history;
  if (!conversation || conversation.group || conversation.viewOnly || !tellsReaders(conversation)) return null;
  const isRead = history.readers.of(message, conversation, history.messages).length > 0;
  const label = isRead ? words.readers.read : words.readers.sent;
  return (
    <span class={isRead ? "ticks read" : "ticks"} role="img" aria-label={label} title={label}>
      <Icon name={isRead ? "checks" : "check"} />
    </span>
  );
}
