/** What has the focus in the tree to which an element belongs: in the page, or in the shadow tree of an embedded part. */
export const focusedAround = (element: Node | null | undefined): Element | null =>
  (element?.getRootNode() as Document | ShadowRoot | undefined)?.activeElement ?? null;

/** Has an event begun within an element? From outside a shadow tree its `target` names the host only. */
export const beganIn = (event: Event, element: Element | null): boolean =>
  element !== null && event.composedPath().includes(element);
