import type { Collaboration } from "../client/collaboration.ts";
import type { ConnectOptions } from "../client/http.ts";
import type { ApplicationHooks as HooksOfPage, ViewHooks } from "./hooks.ts";

type Token = string | null | undefined;

export interface EmbedOptions extends Pick<ConnectOptions, "onError"> {
  /** Gives a user token made by the application's own server, or nothing when nobody is signed in there. */
  getToken: () => Token | Promise<Token>;
  /** `en` or `ru`. Default: the language of the page, then that of the browser. */
  language?: string;
}

/** The hooks of a page, as the page sees them. There is one such object on a page: that of `/embed.js`. */
export type ApplicationHooks = Pick<HooksOfPage, Exclude<keyof HooksOfPage, "handlers">>;

/**
 * What `/embed.js` of a server gives to the pages of applications.
 * @example const { connect, hooks } = (await import("https://beseda.example/embed.js")) as EmbedModule;
 */
export interface EmbedModule {
  /**
   * Says in whose name the conversations of this page speak. Called once, before or after they stand in the page.
   * @returns the connection, for whatever else the page does: after-send handlers, service conversations
   */
  connect(options: EmbedOptions): Collaboration;
  /** The hooks of the page: asked in every conversation that is embedded in it. */
  hooks: ApplicationHooks;
}

/** `<beseda-conversation>`: the command "Conversation" of an object's view, and the conversation that it opens. */
export interface ConversationElement extends HTMLElement {
  /** Navigation URL of the object; empty when there is none yet. */
  context: string;
  /** `auto`, `show` or `dont-show`. */
  representation: string;
  open: boolean;
  /** The hooks of this view, asked before those of the page. They may be set and replaced at any time. */
  hooks: ViewHooks;
  /** Opens the conversation, or closes it: what the command does. */
  toggle(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "beseda-conversation": ConversationElement;
  }
}
