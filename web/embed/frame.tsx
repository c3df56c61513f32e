import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ConversationElement } from "../../src/sdk/embed/index.ts";
import { Icon } from "../design/icons.tsx";
import { Empty, Failure, Skeleton } from "../design/states.tsx";
import { useWatched } from "../design/watched.ts";
import { language, words } from "../site/words/words.ts";
import type { PanelProps } from "./panel.tsx";
import { session } from "./session.ts";

interface Props {
  context: string;
  title: string;
  isOpen: boolean;
  /** The element around: it gets the style sheets of what is loaded later, and has the hooks of the view. */
  host: ConversationElement;
  onToggle: () => void;
}

/** The command, and under it the conversation: it has no header of its own (CNV-39). */
export function Frame({ isOpen, onToggle, ...props }: Props) {
  useWatched(session);
  const { stage } = session;
  if (stage === "unasked" || stage === "unregistered") return null;
  return (
    <>
      <button
        type="button"
        class={stage === "connecting" && !isOpen ? "button command unknown" : "button command"}
        part="command"
        lang={language}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <Icon name="chats" />
        {words.embed.command}
      </button>
      {isOpen && (
        <section
          class="panel"
          part="panel"
          lang={language}
          aria-label={`${words.embed.command}: ${props.title || props.context}`}
          data-drop
        >
          <Content {...props} />
        </section>
      )}
    </>
  );
}

/** The conversation, or what stands in its place. */
function Content({ context, title, host }: Omit<Props, "isOpen" | "onToggle">) {
  const { stage, me } = session;
  const { Panel, hasFailed } = usePanel(host);
  if (context === "") return <Empty icon="object" title={words.embed.unsavedTitle} text={words.embed.unsavedText} />;
  if (stage === "signedOut" || stage === "failed")
    return (
      <Failure
        title={stage === "failed" ? words.signIn.failed : words.embed.signedOutTitle}
        text={stage === "failed" ? words.problems.network : words.embed.signedOutText}
        retryLabel={words.retry}
        onRetry={() => session.retry()}
      />
    );
  if (stage === "blocked")
    return <Empty icon="blocked" title={words.embed.blockedTitle} text={words.embed.blockedText} />;
  if (hasFailed) return <Empty icon="alert" title={words.signIn.failed} text={words.embed.reload} />;
  if (!Panel || !me) return <Skeleton label={words.loading} rows={4} />;
  return <Panel key={`${context} ${me.id}`} host={host} context={context} title={title} />;
}

let loaded: { Panel: ComponentType<PanelProps>; sheet: CSSStyleSheet } | undefined;

/** The conversation itself is loaded when one is opened for the first time. */
function usePanel(host: HTMLElement): { Panel: ComponentType<PanelProps> | undefined; hasFailed: boolean } {
  const [, draw] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    const arrive = (panel: NonNullable<typeof loaded>) => {
      loaded = panel;
      const root = host.shadowRoot;
      if (root && !root.adoptedStyleSheets.includes(panel.sheet)) root.adoptedStyleSheets.push(panel.sheet);
      draw((count) => count + 1);
    };
    if (loaded) arrive(loaded);
    else import("./panel.tsx").then(arrive, () => setFailed(true));
  }, []);
  return { Panel: loaded?.Panel, hasFailed };
}
