import type { Collaboration } from "../../src/sdk/client/index.ts";
import { ConversationElement } from "./element.tsx";
import { type EmbedOptions, session } from "./session.ts";

export type * from "../hooks/index.ts";
export type { ConversationElement, EmbedOptions };

/**
 * The hooks of the page: they are asked in every conversation that is embedded in it. Those of one view are the element's.
 * @example
 * import { hooks } from "https://beseda.example/embed.js";
 * hooks.usersAutoComplete = ({ choiceData }) => choiceData.push({ value: [boris, vera], label: "Склад" });
 */
export const { hooks } = session;

/**
 * Says in whose name the conversations of this page speak. Called once, before or after they stand in the page.
 * @returns the connection, for whatever else the page does: after-send handlers, service conversations
 * @example
 * import { connect } from "https://beseda.example/embed.js";
 * connect({ getToken: () => fetch("/beseda-token").then((answer) => (answer.ok ? answer.text() : null)) });
 */
export const connect = (options: EmbedOptions): Collaboration => session.connect(options);

// A page that asks for the module under two addresses still has one element.
if (!customElements.get("beseda-conversation")) customElements.define("beseda-conversation", ConversationElement);
