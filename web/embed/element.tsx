import { render } from "preact";
import type { ConversationElement as Described, ViewHooks } from "../../src/sdk/embed/index.ts";
import { Frame } from "./frame.tsx";
import { isInModal, watchModal } from "./modal.ts";
import { offersConversation, representationOf } from "./representation.ts";
import { session } from "./session.ts";
import { frameSheet } from "./sheet.ts";

/**
 * `<beseda-conversation context="/orders/1041" title="Order 1041">`: the command "Conversation" of an object's view, and the
 * conversation that it opens. The shadow tree is open: it keeps the page's styles out, which a closed one does no better,
 * and lets tools that look for barriers in.
 */
export class ConversationElement extends HTMLElement implements Described {
  static readonly observedAttributes = ["context", "title", "representation", "open", "theme"];
  /** What the page asks to be done otherwise in this view. A page may have set it before this class was there. */
  hooks: ViewHooks = (this as { hooks?: ViewHooks }).hooks ?? {};
  readonly #frame = document.createElement("div");
  #end: (() => void)[] = [];

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [frameSheet];
    this.#frame.className = "frame";
    // The title names the conversation; it is no tip that follows the pointer.
    this.#frame.title = "";
    root.append(this.#frame);
    for (const name of ["keydown", "keypress", "keyup"]) this.#frame.addEventListener(name, keepTyping);
  }

  /** Navigation URL of the object; empty when there is none yet. */
  get context(): string {
    return this.getAttribute("context") ?? "";
  }
  set context(context: string) {
    this.setAttribute("context", context);
  }
  /** `auto`, `show` or `dont-show`. */
  get representation(): string {
    return representationOf(this.getAttribute("representation"));
  }
  set representation(representation: string) {
    this.setAttribute("representation", representation);
  }
  get open(): boolean {
    return this.hasAttribute("open");
  }
  set open(open: boolean) {
    this.toggleAttribute("open", open);
  }

  /** Opens the conversation, or closes it: what the command does. */
  toggle(): void {
    this.open = !this.open;
  }

  connectedCallback(): void {
    this.#end = [watchModal(this, () => this.#draw()), session.watch(() => this.#draw())];
    this.#draw();
  }

  disconnectedCallback(): void {
    for (const end of this.#end) end();
    render(null, this.#frame);
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.isConnected) return;
    this.#draw();
    if (name === "open" && (before === null) !== (now === null)) this.dispatchEvent(new Event("toggle"));
  }

  #draw(): void {
    const theme = this.getAttribute("theme");
    if (theme === "light" || theme === "dark") this.#frame.dataset.theme = theme;
    else delete this.#frame.dataset.theme;
    const { context } = this;
    const representation = representationOf(this.getAttribute("representation"));
    const isOffered = offersConversation({ representation, context, isModal: isInModal(this) });
    render(
      isOffered ? (
        <Frame context={context} title={this.title} isOpen={this.open} host={this} onToggle={() => this.toggle()} />
      ) : null,
      this.#frame,
    );
  }
}

/** Letters that somebody types here are no shortcuts of the page, which sees only that they come from this element. */
function keepTyping(event: Event): void {
  const { ctrlKey, metaKey, altKey, target } = event as KeyboardEvent;
  const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  if (isField && !ctrlKey && !metaKey && !altKey) event.stopPropagation();
}
