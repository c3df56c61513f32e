import type { Activity, MessageView } from "../../../src/sdk/client/index.ts";
import { Avatar } from "../../design/avatar.tsx";
import { IconButton } from "../../design/button.tsx";
import { useWatched, Watched } from "../../design/watched.ts";
import { MessageText } from "../conversation/message-text.tsx";
import { newIn } from "../conversations/list.ts";
import { ofThisBrowser } from "../shell/kept.ts";
import { route } from "../shell/route.ts";
import { type Site, useSite } from "../shell/site.ts";
import { words } from "../words/words.ts";
import { playTone } from "./sound.ts";
import { tellingOf } from "./telling.ts";

interface PopUp {
  message: Pick<MessageView, "id" | "n" | "author" | "text" | "runs" | "conversationId">;
  title: string;
}

const shownMs = 6_000;
const most = 3;

class Shown extends Watched {
  shown: PopUp[] = [];

  show(popUp: PopUp): void {
    const { conversationId } = popUp.message;
    // One for each conversation: a busy one must not fill the screen.
    this.shown = [...this.shown.filter(({ message }) => message.conversationId !== conversationId), popUp].slice(-most);
    this.changed();
    setTimeout(() => this.hide(popUp), shownMs);
  }

  hide(popUp: PopUp): void {
    if (!this.shown.includes(popUp)) return;
    this.shown = this.shown.filter((one) => one !== popUp);
    this.changed();
  }
}

const popUps = new Shown();

const isBeforeEyes = (conversation: string): boolean =>
  document.visibilityState === "visible" && route.place.name === "conversation" && route.place.id === conversation;

/** Tells the user of new messages, as loudly as the settings allow. */
export async function announce(site: Site, activity: Activity): Promise<void> {
  const { conversationId } = activity;
  const last = newIn(activity).findLast(({ author }) => author !== site.me.id);
  if (!last) return;
  const { popUp, sound } = tellingOf({
    doNotDisturb: site.doNotDisturb,
    representation: await site.representationOf(conversationId).catch(() => "DontDisturb" as const),
    isSeen: isBeforeEyes(conversationId),
    wantsSound: ofThisBrowser().get("sound", true),
  });
  if (sound) playTone();
  if (!popUp) return;
  const title = activity.title || site.people.nameOf(last.author);
  if (document.visibilityState === "hidden") return showInSystem(site, title, { ...last, conversationId });
  // The hint carries plain text; the message itself has the formatting that a pop-up shows.
  const { view = { ...last, conversationId } } = await site.beseda
    .getMessage(last.id)
    .catch(() => ({ view: undefined }));
  popUps.show({ message: view, title });
}

/** A notification of the system, where only plain text can stand. */
function showInSystem(site: Site, title: string, message: PopUp["message"]): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const name = site.people.nameOf(message.author);
  const shown = new Notification(title, {
    body: name && name !== title ? `${name}: ${message.text}` : message.text,
    tag: message.conversationId,
    silent: true,
  });
  shown.addEventListener("click", () => {
    window.focus();
    shown.close();
    route.go({ name: "conversation", id: message.conversationId });
  });
}

/** What stands in the area of pop-ups, over everything else. */
export function PopUps() {
  const site = useSite();
  useWatched(popUps, site.people);
  return (
    <>
      {popUps.shown.map((popUp) => {
        const { author, conversationId, text, runs } = popUp.message;
        const name = site.people.nameOf(author);
        return (
          <article key={conversationId} class="pop-up">
            <Avatar id={author} name={name} picture={site.people.of(author)?.picture} />
            <button
              type="button"
              class="content"
              aria-label={words.centre.popup(popUp.title)}
              onClick={() => {
                popUps.hide(popUp);
                route.go({ name: "conversation", id: conversationId });
              }}
            >
              <strong class="cut">{popUp.title}</strong>
              <span class="excerpt">
                {name !== popUp.title && <b>{name}: </b>}
                <MessageText text={text} runs={runs} isInert />
              </span>
            </button>
            <IconButton icon="close" label={words.close} onClick={() => popUps.hide(popUp)} />
          </article>
        );
      })}
    </>
  );
}
