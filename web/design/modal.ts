import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/**
 * Opens a dialog over everything else: the browser keeps the focus in it and gives it back afterwards. Escape and a click
 * beside it ask to close it.
 */
export function useModal(onClose: () => void): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    element.addEventListener("cancel", (event) => {
      event.preventDefault();
      close.current();
    });
    element.addEventListener("click", ({ target }) => {
      if (target === element) close.current();
    });
    return () => element.close();
  }, []);
  return dialog;
}
