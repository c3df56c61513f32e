/** How far from the window of the log a message is when its preview is asked for. */
const aheadPx = 1_200;
const bottomPx = 40;

const isAtEnd = (log: Element): boolean => log.scrollHeight - log.scrollTop - log.clientHeight <= bottomPx;

/** Calls once an element comes near what is in view. @returns a function that ends the waiting */
export function whenNear(element: Element, act: () => void): () => void {
  const watching = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watching.disconnect();
      act();
    },
    { root: element.closest(".log"), rootMargin: `${aheadPx}px 0px` },
  );
  watching.observe(element);
  return () => watching.disconnect();
}

/**
 * Calls at the first moment at which a message may grow without moving what its reader looks at: it is out of view, so that
 * the log keeps the rest where it is, or the reader follows the end of the log. @returns a function that ends the waiting
 */
export function whenHarmless(message: Element, act: () => void): () => void {
  const log = message.closest(".log");
  if (!log) {
    act();
    return () => undefined;
  }
  const stop = () => {
    watching.disconnect();
    log.removeEventListener("scroll", scrolled);
  };
  const go = () => {
    stop();
    act();
  };
  const scrolled = () => isAtEnd(log) && go();
  const watching = new IntersectionObserver(
    (entries) => {
      if (isAtEnd(log) || !entries.at(-1)?.isIntersecting) go();
    },
    { root: log },
  );
  watching.observe(message);
  log.addEventListener("scroll", scrolled, { passive: true });
  return stop;
}
