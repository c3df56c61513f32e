import { useEffect, useMemo, useState } from "preact/hooks";
import { Empty } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import { partnerOf } from "../conversations/title.ts";
import { OfflineMark } from "../offline/mark.tsx";
import { nowhere, type ViewScope, ViewScopeProvider } from "../people/view-scope.ts";
import { lazily } from "../shell/lazily.tsx";
import { route } from "../shell/route.ts";
import { type Site, useSite } from "../shell/site.ts";
import { words } from "../words/words.ts";
import { aboutOf } from "./about.ts";
import { ConversationHeader } from "./header.tsx";
import type { History } from "./history.ts";
import type { Panel } from "./panel.tsx";
import { Talk } from "./talk.tsx";

const Details = lazily(async () => (await import("./details.tsx")).Details);
const Searching = lazily(async () => (await import("./searching.tsx")).Searching);

/** One conversation: header, messages, composer, and the panel beside them. */
export function ConversationView({ id, wanted }: { id: string; wanted: number | undefined }) {
  const site = useSite();
  const [history] = useState(() => begun(site, id));
  const [panel, setPanel] = useState<Panel>();
  useWatched(history, site.list, site.people);
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
  const isContext = about?.conversationContext !== undefined;
  const scope = useMemo((): ViewScope => ({ ...nowhere, conversation: id, isContext }), [isContext]);
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
  return (
    <ViewScopeProvider value={scope}>
      <main
        class="pane conversation-pane"
        data-region
        tabIndex={-1}
        aria-labelledby="conversation-title"
        id="conversation"
      >
        <ConversationHeader id={id} about={about} typing={history.typing} panel={panel} onPanel={setPanel} />
        <span class="only-narrow">
          <OfflineMark />
        </span>
        <Talk
          history={history}
          conversation={id}
          wanted={wanted}
          hasRecipients={isContext}
          closed={isBlocked ? words.composer.blocked : about?.viewOnly ? words.composer.readOnly : undefined}
          isFocused
        />
      </main>
      {panel === "details" && history.conversation && <Details history={history} onClose={() => setPanel(undefined)} />}
      {panel === "search" && <Searching id={id} onClose={() => setPanel(undefined)} />}
    </ViewScopeProvider>
  );
}

/** The conversation as it is known, with the place where the user stopped reading. */
function begun(site: Site, id: string): History {
  const history = site.historyOf(id);
  // What is asked for before the first picture is there sooner.
  history.prepare();
  const summary = site.list.known.get(id);
  const entry = site.centre.of(id);
  const unread = summary?.unread ?? 0;
  history.readUpTo = entry ? entry.firstM - 1 : summary && unread > 0 ? summary.m - unread : undefined;
  return history;
}
