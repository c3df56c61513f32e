import type { MessageView } from "../../../src/sdk/client/index.ts";
import { toasts } from "../../design/toast.tsx";
import { Watched } from "../../design/watched.ts";
import type { Speaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";

/** Messages that look deleted while there is still time to think again. */
class Leaving extends Watched {
  readonly #ids = new Set<string>();

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Deletes a message, unless the user takes it back while the toast is there. */
  remove({ beseda }: Speaker, { id }: MessageView): void {
    this.#mark(id, true);
    toasts.show({
      text: words.message.deletedUndo,
      action: { label: words.undo, run: () => this.#mark(id, false) },
      onGone: () => {
        beseda
          .deleteMessage(id)
          .catch(() => toasts.show({ text: words.message.deleteFailed }))
          .finally(() => this.#mark(id, false));
      },
    });
  }

  #mark(id: string, isLeaving: boolean): void {
    if (isLeaving) this.#ids.add(id);
    else this.#ids.delete(id);
    this.changed();
  }
}

export const leaving = new Leaving();

/** What was taken back no more when the page goes away is carried out. */
addEventListener("pagehide", () => toasts.finish());
