const mostLines = 8;

/** Lets a field grow with its text, up to eight lines; then it scrolls. */
export function fitHeight(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  const { lineHeight, paddingTop, paddingBottom, borderTopWidth } = getComputedStyle(field);
  const around = Number.parseFloat(paddingTop) + Number.parseFloat(paddingBottom);
  const border = 2 * Number.parseFloat(borderTopWidth);
  const most = mostLines * Number.parseFloat(lineHeight) + around + border;
  field.style.blockSize = "auto";
  field.style.blockSize = `${Math.ceil(Math.min(most, field.scrollHeight + border))}px`;
  field.style.overflowY = field.scrollHeight + border > most ? "auto" : "hidden";
}
