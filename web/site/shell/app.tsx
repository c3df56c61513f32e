import { useEffect, useState } from "preact/hooks";
import { Empty } from "../../design/states.tsx";
import { ToastArea } from "../../design/toast.tsx";
import { useWatched } from "../../design/watched.ts";
import { ConversationView } from "../conversation/view.tsx";
import { titleOf } from "../conversations/title.ts";
import { ConversationsView } from "../conversations/view.tsx";
import { pageTitleOf } from "../notifications/telling.ts";
import { OfflineMark } from "../offline/mark.tsx";
import { words } from "../words/words.ts";
import { isTyping, moveByRegion } from "./keyboard.ts";
import { lazily } from "./lazily.tsx";
import { look } from "./look.ts";
import { Rail } from "./rail.tsx";
import { route } from "./route.ts";
import type { Site } from "./site.ts";
import { SpeakerProvider } from "./speaker.ts";

const NotificationsView = lazily(async () => (await import("../notifications/view.tsx")).NotificationsView);
const popUps = () => import("../notifications/pop-up.tsx");
const PopUps = lazily(async () => (await popUps()).PopUps);
const ProfileView = lazily(async () => (await import("../profile/view.tsx")).ProfileView);
const KeyWarning = lazily(async () => (await import("../administration/key-warning.tsx")).KeyWarning);
const Switcher = lazily(async () => (await import("./switcher.tsx")).Switcher);
const Help = lazily(async () => (await import("./help.tsx")).Help);

type Layer = "switcher" | "help" | undefined;

/** The whole window of a signed-in user. */
export function App({ site, onSignOut }: { site: Site; onSignOut: () => void }) {
  useWatched(site, look);
  const [layer, setLayer] = useState<Layer>();
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    site.onNotify = (activity) => {
      setTold(true);
      // What is missed for want of a connection waits in the notification centre.
      popUps().then(
        ({ announce }) => announce(site, activity),
        () => undefined,
      );
    };
    const away = () => document.visibilityState === "hidden" && site.lookAway();
    document.addEventListener("visibilitychange", away);
    return () => document.removeEventListener("visibilitychange", away);
  }, [site]);
  useKeys(site, layer, setLayer);
  return (
    <SpeakerProvider value={site}>
      <PageTitle site={site} />
      <a class="skip" href="#conversation">
        {words.skip}
      </a>
      <Panes site={site} onHelp={() => setLayer("help")} onSignOut={onSignOut} />
      {layer === "switcher" && <Switcher onClose={() => setLayer(undefined)} />}
      {layer === "help" && <Help onClose={() => setLayer(undefined)} />}
      {/* It stands there from the start: a screen reader tells only what comes into it later. */}
      <section class="pop-ups" aria-label={words.conversation.unread} aria-live="polite">
        {isTold && <PopUps />}
      </section>
      <ToastArea />
    </SpeakerProvider>
  );
}

interface PanesProps {
  site: Site;
  onHelp: () => void;
  onSignOut: () => void;
}

/** Side by side on a wide window; on a telephone one at a time. */
function Panes({ site, onHelp, onSignOut }: PanesProps) {
  useWatched(route, site.administration);
  const isNarrow = useNarrow();
  const { place } = route;
  const isInner = place.name === "conversation" || place.name === "profile";
  return (
    <div class={isInner ? "panes inner" : "panes"}>
      <Rail onHelp={onHelp} />
      {/* On a telephone the list is all there is, so it is the main part then. */}
      <div class="list-column" role={isNarrow && !isInner ? "main" : undefined}>
        {site.administration.isAdministrator && <KeyWarning />}
        {place.name === "notifications" ? <NotificationsView /> : <ConversationsView />}
        <OfflineMark />
      </div>
      {place.name === "conversation" ? (
        <ConversationView key={place.id} id={place.id} wanted={place.message} />
      ) : place.name === "profile" ? (
        <ProfileView onSignOut={onSignOut} />
      ) : (
        <main
          class="pane blank-pane"
          id="conversation"
          data-region
          tabIndex={-1}
          aria-label={words.conversation.nothingOpen}
        >
          {place.name === "notifications" ? (
            <Empty icon="bell" title={words.centre.chooseTitle} text={words.centre.chooseText} />
          ) : (
            <Empty icon="chats" title={words.conversation.nothingOpen} text={words.conversation.nothingOpenText} />
          )}
        </main>
      )}
    </div>
  );
}

const narrow = matchMedia("(max-width: 719px)");

/** Is there room for one pane only? */
function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(narrow.matches);
  useEffect(() => {
    const change = () => setNarrow(narrow.matches);
    narrow.addEventListener("change", change);
    return () => narrow.removeEventListener("change", change);
  }, []);
  return isNarrow;
}

/** The title of the page says how much is new, and where one is. */
function PageTitle({ site }: { site: Site }) {
  const { list, centre, people } = site;
  useWatched(list, centre, people, route);
  const { place } = route;
  const open = place.name === "conversation" ? list.known.get(place.id) : undefined;
  const title = pageTitleOf(centre.size, open && titleOf(open, site), words.product);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}

/** Keys that work everywhere. */
function useKeys(site: Site, layer: Layer, setLayer: (layer: Layer) => void): void {
  useEffect(() => {
    const keyed = (event: KeyboardEvent) => {
      // In a dialog Escape belongs to it, and nothing else of the page may move.
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      const isCommand = event.ctrlKey || event.metaKey;
      if (isCommand && event.key.toLowerCase() === "k") setLayer(layer === "switcher" ? undefined : "switcher");
      else if (event.key === "F6") moveByRegion(event.shiftKey);
      else if (event.altKey && /^Arrow(?:Up|Down)$/.test(event.key)) step(site, event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "?" && !isTyping(event.target)) setLayer("help");
      else if (event.key === "Escape" && !layer && route.place.name !== "conversations")
        route.go({ name: "conversations" });
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", keyed);
    return () => removeEventListener("keydown", keyed);
  }, [site, layer]);
}

/** To the next conversation of the list, or the one before. */
function step({ list }: Site, by: number): void {
  const { place } = route;
  const ids = list.shown.map(({ id }) => id);
  const now = place.name === "conversation" ? ids.indexOf(place.id) : -1;
  const id = ids[Math.min(ids.length - 1, Math.max(0, now + by))];
  if (id !== undefined) route.go({ name: "conversation", id });
}
