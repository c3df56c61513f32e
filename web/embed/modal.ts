/** An element and everything it stands in, through shadow roots and slots. */
function* outward(element: Element): Generator<Element> {
  for (let node: Node | null = element; node; node = outOf(node)) if (node instanceof Element) yield node;
}

const outOf = (node: Node): Node | null =>
  node instanceof ShadowRoot ? node.host : ((node as Element).assignedSlot ?? node.parentNode);

const isModalItself = (element: Element): boolean =>
  element.matches(":modal") || element.getAttribute("aria-modal") === "true";

/** Does an element stand in a view that blocks what is around it? */
export const isInModal = (element: Element): boolean => [...outward(element)].some(isModalItself);

/**
 * Watches whether that changes: a dialog may be opened, as one that blocks or as one that does not, around what it has.
 * @returns a function that ends the watching
 */
export function watchModal(element: Element, onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  for (const one of outward(element)) observer.observe(one, { attributeFilter: ["open", "aria-modal"] });
  return () => observer.disconnect();
}
