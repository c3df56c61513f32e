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
import "./people/people.css";
import "./profile/profile.css";
import "./administration/administration.css";
import "./sign-in/sign-in.css";
import { render } from "preact";
import { signOut } from "../../src/sdk/client/index.ts";
import { App } from "./shell/app.tsx";
import { look } from "./shell/look.ts";
import { route } from "./shell/route.ts";
import { Site } from "./shell/site.ts";
import { arrive, reasonOf } from "./sign-in/arriving.ts";
import { type Reason, SignInView } from "./sign-in/view.tsx";
import { words } from "./words/words.ts";

const root = document.getElementById("site") as HTMLElement;
const isLocal = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname);

function showSignIn(reason: Reason): void {
  document.title = words.product;
  render(<SignInView reason={reason} isLocal={isLocal} onRetry={() => void open()} />, root);
}

async function open(): Promise<void> {
  const arrived = await arrive();
  if ("reason" in arrived) return showSignIn(arrived.reason);
  const site = new Site(arrived.beseda, arrived.application, arrived.me);
  const leave = async () => {
    await signOut(site.application).catch(() => undefined);
    site.end("signedOut");
  };
  site.watch(() => {
    if (site.ended === undefined) return;
    showSignIn(site.ended === "signedOut" ? "new" : reasonOf(site.ended));
  });
  render(<App site={site} onSignOut={() => void leave()} />, root);
  site.start();
}

route.start();
await look.start();
root.replaceChildren();
await open();
