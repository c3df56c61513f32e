import { type Collaboration, isCollaborationError } from "../../src/sdk/client/index.ts";
import { Watched } from "../design/watched.ts";

type Source = Pick<Collaboration, "getConversations" | "createConversation">;

/** The conversation of an object: found by its context, or made by the first message. */
export class ContextConversation extends Watched {
  /** `none`: nobody has written yet. `closed`: the user may not read the object. */
  state: "finding" | "none" | "found" | "closed" | "failed" = "finding";
  id: string | undefined;
  viewOnly = false;
  readonly context: string;
  readonly #source: Source;
  readonly #title: () => string;
  #making: Promise<string> | undefined;

  /** @param title that a new conversation gets */
  constructor(source: Source, context: string, title: () => string) {
    super();
    this.#source = source;
    this.context = context;
    this.#title = title;
  }

  /** Looks whether it is there. What is known stays in view meanwhile. */
  async find(): Promise<void> {
    if (this.state !== "none") this.#enter("finding");
    try {
      await this.#find();
    } catch (error) {
      this.#enter(isCollaborationError(error, "forbidden") ? "closed" : "failed");
    }
  }

  /** Its id; makes it when there is none. */
  reach(): Promise<string> {
    if (this.id !== undefined) return Promise.resolve(this.id);
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  /** The right to read was taken away while it was open. */
  close(): void {
    this.id = undefined;
    this.#enter("closed");
  }

  async #find(): Promise<void> {
    const [found] = (await this.#source.getConversations({ conversationContext: this.context })).items;
    this.id = found?.id;
    this.viewOnly = found?.viewOnly ?? false;
    this.#enter(found ? "found" : "none");
  }

  async #make(): Promise<string> {
    try {
      const title = this.#title();
      const made = await this.#source
        .createConversation({ conversationContext: this.context, ...(title !== "" && { title }) })
        .write();
      this.id = made.id;
      this.#enter("found");
    } catch (error) {
      if (isCollaborationError(error, "forbidden")) this.#enter("closed");
      // Somebody else was quicker: there is one conversation for each object.
      if (!isCollaborationError(error, "conflict")) throw error;
      await this.#find();
      // It is there and not to be seen: the right was taken away a moment ago.
      if (this.id === undefined) this.#enter("closed");
    }
    return this.id ?? Promise.reject(new TypeError("There is no conversation"));
  }

  #enter(state: ContextConversation["state"]): void {
    this.state = state;
    this.changed();
  }
}
