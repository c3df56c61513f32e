/** Draws that wait, each once. */
const waiting = new Set<() => void>();
/** A page that is not seen has no frames, and a title all the same. */
const unseenMs = 100;
/** Whoever pressed a key so recently is writing. */
const writingMs = 500;
/** Nothing waits longer for the next key. */
const mostMs = 300;

let isListening = false;
let pressedAt = Number.NEGATIVE_INFINITY;
let cancel: () => void = () => undefined;

/**
 * However often something changes until the next frame, it is drawn once. Whoever writes comes first: meanwhile the rest is
 * drawn right behind the picture of a key, when the next key is furthest away, so that no key waits for it.
 */
export function drawSoon(draw: () => void): void {
  if (!isListening) listen();
  const isFirst = waiting.size === 0;
  waiting.add(draw);
  if (!isFirst) return;
  if (performance.now() - pressedAt < writingMs) wait(mostMs);
  else waitForFrame();
}

/** The draw is not wanted any more. */
export function drawNever(draw: () => void): void {
  waiting.delete(draw);
}

function drawAll(): void {
  cancel();
  const draws = [...waiting];
  waiting.clear();
  for (const draw of draws) draw();
}

function listen(): void {
  isListening = true;
  addEventListener("keydown", pressed, { capture: true, passive: true });
  // Whoever points is not writing.
  addEventListener("pointerdown", () => (pressedAt = Number.NEGATIVE_INFINITY), { capture: true, passive: true });
}

function pressed(): void {
  pressedAt = performance.now();
  if (waiting.size > 0) wait(mostMs);
  requestAnimationFrame(() => setTimeout(drawAll));
}

function wait(ms: number): void {
  cancel();
  const timer = setTimeout(drawAll, ms);
  cancel = () => clearTimeout(timer);
}

function waitForFrame(): void {
  cancel();
  const frame = requestAnimationFrame(drawAll);
  const timer = setTimeout(drawAll, unseenMs);
  cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
