import type { EmbedModule } from "../../src/sdk/embed/index.ts";
import { ConversationElement } from "./element.tsx";
import { session } from "./session.ts";

/** What a page of another application gets; its types are those of `beseda/embed`. */
export const connect: EmbedModule["connect"] = (options) => session.connect(options);
export const hooks: EmbedModule["hooks"] = session.hooks;

// A page that asks for the module under two addresses still has one element.
if (!customElements.get("beseda-conversation")) customElements.define("beseda-conversation", ConversationElement);
