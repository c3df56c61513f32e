import { useEffect, useState } from "preact/hooks";
import { Empty, Failure, Skeleton } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import { CommandMenus } from "../commands/commands.tsx";
import { useSpeaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";
import { Composer } from "./composer.tsx";
import type { History } from "./history.ts";
import { Log } from "./log.tsx";

interface Props {
  /** Absent as long as nobody has written the first message. */
  history: History | undefined;
  /** Id of the conversation; or a name for its draft, as long as there is no conversation. */
  conversation: string;
  reach?: () => Promise<string>;
  /** Number of a message to bring into view. */
  wanted?: number | undefined;
  hasRecipients: boolean;
  /** Why nothing can be written here. */
  closed?: string | undefined;
  isFocused?: boolean;
}

/** The messages of a conversation and the line to write the next one: all that every face shows of a conversation. */
export function Talk({ history, conversation, reach, wanted, hasRecipients, closed, isFocused }: Props) {
  const { me, drafts } = useSpeaker();
  const [editing, setEditing] = useState<string>();
  const [replyTo, setReplyTo] = useState(() => drafts.of(conversation).replyTo);
  useEffect(() => {
    void history?.open();
    return () => history?.close();
  }, [history]);
  const editLast = () => {
    const last = history?.messages.findLast(({ author, deleted, runs }) => author === me.id && !deleted && !runs);
    if (last) setEditing(last.id);
  };
  const seeLatest = () => {
    history?.forgetUnread();
    void history?.latest();
  };
  return (
    <CommandMenus>
      {history ? (
        <Body
          history={history}
          wanted={wanted}
          editing={editing}
          onEdit={setEditing}
          onReply={closed === undefined ? setReplyTo : undefined}
        />
      ) : (
        <Nothing />
      )}
      {closed === undefined ? (
        <Composer
          history={history}
          conversation={conversation}
          reach={reach}
          replyTo={replyTo}
          onReplyTo={setReplyTo}
          hasRecipients={hasRecipients}
          isFocused={isFocused}
          onSent={seeLatest}
          onType={() => history?.type()}
          onEditLast={editLast}
        />
      ) : (
        <p class="no-composer">{closed}</p>
      )}
    </CommandMenus>
  );
}

interface BodyProps {
  history: History;
  wanted: number | undefined;
  editing: string | undefined;
  onEdit: (id: string | undefined) => void;
  /** Absent where the user cannot write. */
  onReply: ((n: number) => void) | undefined;
}

/** The messages, or what stands in their place. */
function Body({ history, ...props }: BodyProps) {
  const { outbox } = useSpeaker();
  useWatched(history, outbox);
  if (history.state === "loading")
    return (
      <div class="log-frame">
        <Skeleton label={words.loading} rows={5} />
      </div>
    );
  if (history.state === "failed")
    return (
      <div class="log-frame">
        <Failure
          title={words.conversation.failedTitle}
          text={words.problems.network}
          retryLabel={words.retry}
          onRetry={() => history.retry()}
        />
      </div>
    );
  const isEmpty = history.messages.length === 0 && history.remarks.length === 0 && outbox.of(history.id).length === 0;
  return isEmpty ? <Nothing /> : <Log history={history} {...props} />;
}

const Nothing = () => (
  <div class="log-frame">
    <Empty icon="chats" title={words.conversation.emptyTitle} text={words.conversation.emptyText} />
  </div>
);
