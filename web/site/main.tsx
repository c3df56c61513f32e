import "../design/tokens.css";
import "../design/base.css";
import "../design/avatar.css";
import "../design/controls.css";
import "../design/layers.css";
import "./shell/panes.css";
import "./shell/layers.css";
import "./conversations/list.css";
import "./conversation/conversation.css";
import "./conversation/message.css";
import "./conversation/composer.css";
import "./attachments/attachments.css";
import "./replies/replies.css";
import "./reactions/reactions.css";
import "./readers/readers.css";
import "./links/links.css";
import "./people/people.css";
import "./profile/profile.css";
import "./administration/administration.css";
import "./sign-in/sign-in.css";
import { render } from "preact";
import { type Session, signOut } from "../../src/sdk/client/index.ts";
import type { Staying } from "./offline/staying.ts";
import { App } from "./shell/app.tsx";
import { install } from "./shell/installed.ts";
import { look } from "./shell/look.ts";
import { pathOf, placeOf, route } from "./shell/route.ts";
import { Site } from "./shell/site.ts";
import { arrivalOf } from "./sign-in/arrival.ts";
import { arrive, forgetSession, reasonOf } from "./sign-in/arriving.ts";
import { type Reason, SignInView } from "./sign-in/view.tsx";
import { words } from "./words/words.ts";

const root = document.getElementById("site") as HTMLElement;
const isLocal = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname);

function showSignIn(reason: Reason): void {
  document.title = words.product;
  render(<SignInView reason={reason} isLocal={isLocal} onRetry={() => void open()} />, root);
}

/** Whoever was signed out in the middle of something goes on where that was: the address of a sign-in leads to the list. */
function comeBack({ kept }: Site): void {
  const left = kept.get<string | undefined>("place", undefined);
  kept.set("place", undefined);
  if (left !== undefined && route.place.name === "conversations") route.go(placeOf(left), true);
}

async function open(): Promise<void> {
  const arrived = await arrive();
  if ("reason" in arrived) return showSignIn(arrived.reason);
  const site = new Site(arrived.beseda, arrived.session);
  if (arrived.kept) site.recall(arrived.kept);
  // A page that cannot load the rest, or is left before that, keeps nothing new.
  const staying = stay(site, arrived.session).catch(() => undefined);
  const leave = async () => {
    await signOut(site.application).catch(() => undefined);
    site.end("signedOut");
  };
  comeBack(site);
  site.watch(() => {
    if (site.ended === undefined) return;
    forgetSession();
    if (site.ended !== "signedOut") site.kept.set("place", pathOf(route.place));
    void staying.then((one) => one?.end());
    showSignIn(site.ended === "signedOut" ? "new" : reasonOf(site.ended));
  });
  render(<App site={site} onSignOut={() => void leave()} />, root);
  site.start();
}

/** The browser has nothing else to do, or has had enough time for it. */
const idle = () =>
  new Promise<unknown>((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(resolve, { timeout: 2_000 });
    else setTimeout(resolve, 500);
  });

/** Behind the first screen: what stays in this browser, and the worker that opens the site without a connection. */
async function stay(site: Site, session: Session): Promise<Staying> {
  await idle();
  const [{ Staying }, { nowHere }] = await Promise.all([import("./offline/staying.ts"), import("./offline/owners.ts")]);
  await nowHere(session);
  const staying = new Staying(site);
  if (site.ended === undefined) staying.start();
  install();
  return staying;
}

route.start();
// The address of a sign-in, opened over a page that is here already, loads nothing by itself.
addEventListener("hashchange", () => arrivalOf(location.hash).code !== undefined && location.reload());
await look.start();
root.replaceChildren();
await open();
