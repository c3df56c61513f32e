import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ConversationElement } from "../../src/sdk/embed/index.ts";
import avatar from "../design/avatar.css?inline";
import { Icon } from "../design/icons.tsx";
import layers from "../design/layers.css?inline";
import { Empty, Failure, Skeleton } from "../design/states.tsx";
import { ToastArea } from "../design/toast.tsx";
import { useWatched } from "../design/watched.ts";
import attachments from "../site/attachments/attachments.css?inline";
import composer from "../site/conversation/composer.css?inline";
import conversation from "../site/conversation/conversation.css?inline";
import type { History } from "../site/conversation/history.ts";
import message from "../site/conversation/message.css?inline";
import { Talk } from "../site/conversation/talk.tsx";
import links from "../site/links/links.css?inline";
import people from "../site/people/people.css?inline";
import { type ViewScope, ViewScopeProvider } from "../site/people/view-scope.ts";
import reactions from "../site/reactions/reactions.css?inline";
import readers from "../site/readers/readers.css?inline";
import replies from "../site/replies/replies.css?inline";
import siteLayers from "../site/shell/layers.css?inline";
import { Speaker, SpeakerProvider } from "../site/shell/speaker.ts";
import { words } from "../site/words/words.ts";
import { ContextConversation } from "./context-conversation.ts";
import embed from "./embed.css?inline";
import { session } from "./session.ts";
import { sheetOf } from "./sheet.ts";

const around = [avatar, layers, siteLayers];
const parts = [conversation, message, composer, attachments, replies, reactions, readers, links, people];
/** Everything around is said once more at the end: what is embedded has the last word. */
export const sheet = sheetOf(...around, ...parts, embed);

export interface PanelProps {
  /** The element around: what hooks know as the view. */
  host: ConversationElement;
  context: string;
  title: string;
}

/** The conversation of one object. */
export function Panel({ host, context, title }: PanelProps) {
  const [speaker] = useState(() => session.speaker((beseda, identity) => new Speaker(beseda, identity, session.hooks)));
  const named = useRef(title);
  named.current = title;
  const [about] = useState(() => new ContextConversation(speaker.beseda, context, () => named.current));
  useWatched(about, speaker.connection);
  useEffect(() => {
    void about.find();
    // While nobody has written here, somebody else may begin.
    const look = () => about.state === "none" && document.visibilityState === "visible" && void about.find();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [about]);
  const scope = useMemo(
    // The hooks are read whenever they are asked: a page may set them at any time.
    (): ViewScope => ({ hooks: () => host.hooks, conversation: about.id, isContext: true, form: () => host }),
    [about.id],
  );
  const history = about.id === undefined ? undefined : speaker.historyOf(about.id);
  if (about.state === "finding") return <Skeleton label={words.loading} rows={4} />;
  if (about.state === "closed")
    return <Empty icon="key" title={words.embed.closedTitle} text={words.embed.closedText} />;
  if (about.state === "failed")
    return (
      <Failure
        title={words.conversation.failedTitle}
        text={words.problems.network}
        retryLabel={words.retry}
        onRetry={() => void about.find()}
      />
    );
  return (
    <SpeakerProvider value={speaker}>
      {history && <Gone history={history} onGone={() => about.close()} />}
      <ViewScopeProvider value={scope}>
        <Talk
          history={history}
          conversation={`context:${context}`}
          reach={() => about.reach()}
          hasRecipients
          closed={about.viewOnly ? words.composer.readOnly : undefined}
        />
      </ViewScopeProvider>
      {speaker.connection.isShownLost && (
        <p class="connection" role="status">
          <Icon name="offline" />
          {navigator.onLine ? words.connection.connecting : words.connection.offline}
        </p>
      )}
      <ToastArea />
    </SpeakerProvider>
  );
}

/** Notices when the conversation is taken away while it is open. */
function Gone({ history, onGone }: { history: History; onGone: () => void }) {
  useWatched(history);
  const isGone = history.state === "gone";
  useEffect(() => {
    if (isGone) onGone();
  }, [isGone]);
  return null;
}
