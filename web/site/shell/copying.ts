import { toasts } from "../../design/toast.tsx";
import { words } from "../words/words.ts";

/** Puts a text where the user can paste it from, and says so. */
export function copy(text: string, said: string): void {
  navigator.clipboard.writeText(text).then(
    () => toasts.show({ text: said, ms: 2_000 }),
    () => toasts.show({ text: words.problems.other }),
  );
}

/** The address of a place on a server, to be sent to somebody. */
export const addressOf = (path: string, origin: string): string => new URL(path, origin).href;
