import {
  type Collaboration,
  CollaborationError,
  connect,
  isCollaborationError,
  type User,
} from "../../src/sdk/client/index.ts";
import { ApplicationHooks } from "../../src/sdk/embed/hooks.ts";
import type { EmbedOptions } from "../../src/sdk/embed/index.ts";
import { Watched } from "../design/watched.ts";
import type { Identity, Speaker } from "../site/shell/speaker.ts";
import { speak, wantedLanguage } from "../site/words/words.ts";

/** How far the page is with Beseda. */
export type Stage = "unasked" | "connecting" | "ready" | "unregistered" | "signedOut" | "blocked" | "failed";

const stages: Record<string, Stage> = {
  not_registered: "unregistered",
  unauthenticated: "signedOut",
  user_blocked: "blocked",
};

/** Where this module came from: the server that it talks to. */
const origin = new URL(import.meta.url).origin;

/** The one user of a page, in all conversations that are embedded in it. */
class Session extends Watched {
  /** What the page asks to be done otherwise, in every conversation that is embedded in it. */
  readonly hooks = new ApplicationHooks();
  stage: Stage = "unasked";
  /** There once the session is ready. */
  me: User | undefined;
  #beseda: Collaboration | undefined;
  #speaker: Speaker | undefined;

  connect({ getToken, language, ...options }: EmbedOptions): Collaboration {
    this.#beseda?.close();
    const beseda = connect(async () => tokenOf(await getToken()), { ...options, serverAddress: origin });
    this.#beseda = beseda;
    const preferred = [language, document.documentElement.lang, ...navigator.languages].filter((tag) => !!tag);
    void speak(wantedLanguage(preferred as string[]))
      .catch(() => undefined)
      .then(() => this.#begin(beseda));
    return beseda;
  }

  /** Another try, after the user has done something about it. */
  retry(): void {
    if (this.#beseda) void this.#begin(this.#beseda);
  }

  /**
   * The user in conversations, for whoever shows one: from the first time on news come by themselves, and what is read is
   * told. @param make comes with the code that is loaded when a conversation is opened
   */
  speaker(make: (beseda: Collaboration, identity: Identity) => Speaker): Speaker {
    const { me } = this;
    if (!this.#beseda || !me) throw new TypeError("Nobody is signed in here");
    if (this.#speaker) return this.#speaker;
    const speaker = make(this.#beseda, { me, owner: `${new URL(origin).host}/${me.id}`, origin });
    speaker.noteMe(me);
    speaker.watch(() => speaker.ended !== undefined && this.#enter(stages[speaker.ended] ?? "failed"));
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && speaker.lookAway());
    speaker.start();
    this.#speaker = speaker;
    return speaker;
  }

  async #begin(beseda: Collaboration): Promise<void> {
    this.me = undefined;
    this.#speaker = undefined;
    this.#enter("connecting");
    try {
      const me = await beseda.getUser("me");
      if (beseda !== this.#beseda) return;
      this.me = me;
      this.#enter("ready");
    } catch (error) {
      if (beseda === this.#beseda) this.#enter((isCollaborationError(error) && stages[error.code]) || "failed");
    }
  }

  #enter(stage: Stage): void {
    this.stage = stage;
    this.changed();
  }
}

function tokenOf(token: string | null | undefined): string {
  if (typeof token === "string" && token !== "") return token;
  throw new CollaborationError({
    code: "unauthenticated",
    status: 401,
    detail: "Nobody is signed in to the application",
  });
}

export const session = new Session();
