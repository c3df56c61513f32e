import { useWatched, Watched } from "./watched.ts";

export interface Toast {
  text: string;
  action?: { label: string; run: () => void };
  /** Called when it goes by itself, and not by its action. */
  onGone?: () => void;
  ms?: number;
}

const usualMs = 5_000;

/** Short news at the lower edge, with at most one thing to do about it. */
class Toasts extends Watched {
  readonly shown: (Toast & { id: number })[] = [];
  #last = 0;

  show(toast: Toast): void {
    const id = ++this.#last;
    this.shown.push({ ...toast, id });
    if (this.shown.length > 3) this.#take(this.shown[0]?.id ?? 0)?.onGone?.();
    this.changed();
    setTimeout(() => this.#take(id)?.onGone?.(), toast.ms ?? usualMs);
  }

  act(id: number): void {
    this.#take(id)?.action?.run();
  }

  /** The page goes away: what would happen at the end of a toast happens now. */
  finish(): void {
    for (const { id } of [...this.shown]) this.#take(id)?.onGone?.();
  }

  #take(id: number): Toast | undefined {
    const index = this.shown.findIndex((toast) => toast.id === id);
    if (index < 0) return undefined;
    const [toast] = this.shown.splice(index, 1);
    this.changed();
    return toast;
  }
}

export const toasts = new Toasts();

export function ToastArea() {
  useWatched(toasts);
  return (
    <div class="toasts" role="status">
      {toasts.shown.map(({ id, text, action }) => (
        <div key={id} class="toast">
          <p>{text}</p>
          {action && (
            <button type="button" onClick={() => toasts.act(id)}>
              {action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
