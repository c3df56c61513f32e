import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Empty, Failure, Skeleton } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import type { ViewHooks } from "../../hooks/hooks.ts";
import { CommandMenus } from "../commands/commands.tsx";
import { partnerOf } from "../conversations/title.ts";
import { OfflineMark } from "../offline/mark.tsx";
import { type ViewScope, ViewScopeProvider } from "../people/view-scope.ts";
import { lazily } from "../shell/lazily.tsx";
import { route } from "../shell/route.ts";
import { type Site, useSite } from "../shell/site.ts";
import { words } from "../words/words.ts";
import { aboutOf } from "./about.ts";
import { Composer } from "./composer.tsx";
import { ConversationHeader } from "./header.tsx";
import type { History } from "./history.ts";
import { Log } from "./log.tsx";
import type { Panel } from "./panel.tsx";

const Details = lazily(async () => (await import("./details.tsx")).Details);
const Searching = lazily(async () => (await import("./searching.tsx")).Searching);

const noHooks: ViewHooks = {};

interface Props {
  id: string;
  wanted: number | undefined;
  /** What the host asks to be done otherwise in this view. */
  hooks?: ViewHooks;
  /** The element that hooks are told of as the view; without one, that of the messages. */
  form?: HTMLElement;
}

/** One conversation: header, messages, composer, and the panel beside them. */
export function ConversationView({ id, wanted, hooks = noHooks, form }: Props) {
  const site = useSite();
  const [history] = useState(() => begun(site, id));
  const [panel, setPanel] = useState<Panel>();
  const [editing, setEditing] = useState<string>();
  const [replyTo, setReplyTo] = useState(() => site.drafts.of(id).replyTo);
  useWatched(history, site.list, site.people);
  useEffect(() => {
    void history.open();
    return () => history.close();
  }, []);
  useEffect(() => {
    const keyed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== "f" || event.shiftKey) return;
      event.preventDefault();
      setPanel("search");
    };
    addEventListener("keydown", keyed);
    return () => removeEventListener("keydown", keyed);
  }, []);
  const about = aboutOf(site, id, history);
  const pane = useRef<HTMLElement>(null);
  const isContext = about?.conversationContext !== undefined;
  const scope = useMemo(
    (): ViewScope => ({ hooks, conversation: id, isContext, form: () => form ?? pane.current ?? undefined }),
    [hooks, isContext, form],
  );
  const editLast = () => {
    const last = history.messages.findLast(({ author, deleted, runs }) => author === site.me.id && !deleted && !runs);
    if (last) setEditing(last.id);
  };
  if (history.state === "gone")
    return (
      <main
        class="pane conversation-pane"
        data-region
        tabIndex={-1}
        aria-label={words.conversation.goneTitle}
        id="conversation"
      >
        <Empty icon="chats" title={words.conversation.goneTitle} text={words.conversation.goneText}>
          <button type="button" class="button" onClick={() => route.go({ name: "conversations" }, true)}>
            {words.list.title}
          </button>
        </Empty>
      </main>
    );
  const partner = about && partnerOf(about, site.me.id);
  const isBlocked = partner !== undefined && (site.people.of(partner)?.isLocked ?? false);
  const canWrite = !about?.viewOnly && !isBlocked;
  return (
    <ViewScopeProvider value={scope}>
      <main
        ref={pane}
        class="pane conversation-pane"
        data-region
        tabIndex={-1}
        aria-labelledby="conversation-title"
        id="conversation"
      >
        <CommandMenus>
          <ConversationHeader id={id} about={about} typing={history.typing} panel={panel} onPanel={setPanel} />
          <span class="only-narrow">
            <OfflineMark />
          </span>
          <Body
            history={history}
            wanted={wanted}
            editing={editing}
            onEdit={setEditing}
            onReply={canWrite ? setReplyTo : undefined}
          />
          {!canWrite ? (
            <p class="no-composer">{isBlocked ? words.composer.blocked : words.composer.readOnly}</p>
          ) : (
            <Composer
              history={history}
              replyTo={replyTo}
              onReplyTo={setReplyTo}
              hasRecipients={isContext}
              onSent={() => {
                history.forgetUnread();
                void history.latest();
              }}
              onType={() => history.type()}
              onEditLast={editLast}
            />
          )}
        </CommandMenus>
      </main>
      {panel === "details" && history.conversation && <Details history={history} onClose={() => setPanel(undefined)} />}
      {panel === "search" && <Searching id={id} onClose={() => setPanel(undefined)} />}
    </ViewScopeProvider>
  );
}

/** The conversation as it is known, with the place where the user stopped reading. */
function begun(site: Site, id: string): History {
  const history = site.historyOf(id);
  const summary = site.list.known.get(id);
  const entry = site.centre.of(id);
  const unread = summary?.unread ?? 0;
  history.readUpTo = entry ? entry.firstM - 1 : summary && unread > 0 ? summary.m - unread : undefined;
  return history;
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
  const { outbox } = useSite();
  useWatched(outbox);
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
  if (isEmpty)
    return (
      <div class="log-frame">
        <Empty icon="chats" title={words.conversation.emptyTitle} text={words.conversation.emptyText} />
      </div>
    );
  return <Log history={history} {...props} />;
}
