import type { FileFacts } from "../../storage/files.ts";

/**
 * Types that a browser keeps or plays and never runs. All others, and what calls itself a picture without being one of the
 * safe ones, are served as plain bytes.
 */
const inert =
  /^(?:audio\/[\w.+-]+|video\/[\w.+-]+|text\/(?:plain|csv)|application\/(?:pdf|zip|msword|vnd\.[\w.-]+))(?=\s*(?:;|$))/i;

/** The type under which a file is served, whatever its sender says it is. */
export const servedType = ({ contentType, safeType }: Pick<FileFacts, "contentType" | "safeType">): string =>
  safeType ?? inert.exec(contentType)?.[0].toLowerCase() ?? "application/octet-stream";

/** Would lead into folders, hide the extension by turning the direction of writing, or is refused by file systems. */
const harmful = /[/\\:*?"<>|\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|^\.+|[. ]+$/g;

/** The header by which a file is saved under its name (RFC 6266), or shown when it is a safe picture. */
export function disposition({ name, safeType }: Pick<FileFacts, "name" | "safeType">): string {
  const saved = name.replace(harmful, "_");
  const plain = saved.replace(/[^ -~]|[%;]/g, "_");
  const exact = encodeURIComponent(saved).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${safeType === undefined ? "attachment" : "inline"}; filename="${plain}"; filename*=UTF-8''${exact}`;
}

/**
 * What keeps a file harmless in a browser. Other origins may show pictures, because the component lives on pages of others;
 * who may see a file is told by who has its link.
 */
export const guards = {
  "content-security-policy": "sandbox; default-src 'none'",
  "cross-origin-resource-policy": "cross-origin",
  "x-content-type-options": "nosniff",
} as const;
