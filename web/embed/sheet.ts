import base from "../design/base.css?inline";
import controls from "../design/controls.css?inline";
import tokens from "../design/tokens.css?inline";
import embed from "./embed.css?inline";

/**
 * Style sheets for a shadow tree. They are made here, so a page that allows no styles but its own lets them be. Where the
 * site asks how wide the window is, an embedded conversation asks how wide it is itself.
 */
export function sheetOf(...texts: string[]): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    texts
      .join("\n")
      .replaceAll(":root", ".frame")
      .replaceAll(/@media(?= ?\((?:width|(?:min|max)-width))/g, "@container"),
  );
  return sheet;
}

/** What the command needs; the conversation brings more along. */
export const frameSheet = sheetOf(tokens, base, controls, embed);
