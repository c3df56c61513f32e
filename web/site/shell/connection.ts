import { Watched } from "../../design/watched.ts";

/** A loss shorter than this is not worth a word. */
const calmMs = 2_000;

/** Whether the server is heard, and whether people should be told that it is not. */
export class Connection extends Watched {
  isOpen = false;
  isShownLost = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.#wait();
  }

  set(isOpen: boolean): void {
    if (isOpen === this.isOpen) return;
    this.isOpen = isOpen;
    clearTimeout(this.#timer);
    if (isOpen) this.isShownLost = false;
    else this.#wait();
    this.changed();
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.isShownLost = true;
      this.changed();
    }, calmMs);
  }
}
