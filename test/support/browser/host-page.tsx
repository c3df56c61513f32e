/// <reference types="vite/client" />
import "../../../web/design/tokens.css";
import "../../../web/design/base.css";
import "../../../web/design/controls.css";
import "../../../web/design/layers.css";
import "../../../web/site/conversation/conversation.css";
import "../../../web/site/conversation/message.css";
import "../../../web/site/conversation/composer.css";
import "../../../web/site/attachments/attachments.css";
import "../../../web/site/people/people.css";
import { render } from "preact";
import { connect } from "../../../src/sdk/client/index.ts";
import { ToastArea } from "../../../web/design/toast.tsx";
import { ApplicationHooks, type ViewHooks } from "../../../web/hooks/index.ts";
import { ConversationView } from "../../../web/site/conversation/view.tsx";
import { Site, SiteProvider } from "../../../web/site/shell/site.ts";

/** A page of an application that shows one conversation: what a test sets here, the application's programmer would. */
export class HostPage {
  readonly hooks = new ApplicationHooks();
  readonly view: ViewHooks = {};
  /** What hooks, handlers and pickers noted. */
  readonly heard: unknown[] = [];

  constructor() {
    this.hooks.onError = (error) => this.heard.push(`error: ${(error as Error).name}`);
  }

  async open(token: string, conversation: string): Promise<void> {
    const beseda = connect(() => token);
    const site = new Site(beseda, { application: "host", user: await beseda.currentUserId(), expires: "" }, this.hooks);
    const root = document.getElementById("host") as HTMLElement;
    render(
      <SiteProvider value={site}>
        <ConversationView id={conversation} wanted={undefined} hooks={this.view} form={root} />
        <ToastArea />
      </SiteProvider>,
      root,
    );
    site.start();
  }
}

Object.assign(globalThis, { host: new HostPage() });
