/** How far a finger goes until it counts, and what is still a tap or a way down the page. */
const enoughPx = 56;
const deadPx = 12;

/**
 * Swiping a message to the end of its line answers it, on touch screens. The message follows the finger and comes back.
 * @returns handlers for the message's element
 */
export function swipeToReply(onReply: () => void) {
  let from: { x: number; y: number } | undefined;
  let moved = 0;
  const end = (element: HTMLElement) => {
    from = undefined;
    moved = 0;
    element.style.translate = "";
  };
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const [touch] = touches;
      from = touches.length === 1 && touch ? { x: touch.clientX, y: touch.clientY } : undefined;
    },
    onTouchMove: (event: TouchEvent) => {
      const [touch] = event.touches;
      const element = event.currentTarget as HTMLElement;
      if (!from || !touch) return;
      const across = (touch.clientX - from.x) * (getComputedStyle(element).direction === "rtl" ? -1 : 1);
      if (moved === 0 && Math.abs(touch.clientY - from.y) > Math.max(deadPx, across)) return end(element);
      moved = across > deadPx ? Math.min(across, enoughPx * 1.3) : 0;
      element.style.translate = moved > 0 ? `${Math.sign(touch.clientX - from.x) * moved}px` : "";
    },
    onTouchEnd: (event: TouchEvent) => {
      const isEnough = moved >= enoughPx;
      end(event.currentTarget as HTMLElement);
      if (isEnough) onReply();
    },
    onTouchCancel: (event: TouchEvent) => end(event.currentTarget as HTMLElement),
  };
}
