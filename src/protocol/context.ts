import * as v from "valibot";
import { limits } from "./limits.ts";
import { name } from "./strings.ts";

const scheme = /^[a-z][a-z0-9+.-]*:\/\//i;
const withoutHost = /^(?:\/|[a-z][a-z0-9]*\/)/i;
/** An object that is not stored yet has an empty reference: nothing, all zeros, `undefined` or `null`. */
const unsaved = /(?:[?&/=](?:0{32}|00000000-0000-0000-0000-000000000000|undefined|null)(?=$|[&/#?]))|[?&]ref=(?=$|&)/i;

/**
 * One spelling for each context object, made the same way when a conversation is created, when a token lists it and
 * when it is looked up; after it, contexts are compared byte by byte. Returns undefined when the URL is not usable.
 */
export function normaliseContext(url: string): string | undefined {
  const trimmed = url.trim().normalize("NFC");
  if (/\s/.test(trimmed) || unsaved.test(trimmed)) return undefined;
  if (!scheme.test(trimmed)) return withoutHost.test(trimmed) ? trimmed : undefined;
  try {
    const parsed = new URL(trimmed);
    if (parsed.username || parsed.password) return undefined;
    return parsed.href;
  } catch {
    return undefined;
  }
}

/**
 * The navigation URL of an object stored in the application, or of a command (CNV-5): absolute, or a path such as
 * `/orders/42` or `e1cib/data/Document.Order?ref=…`.
 */
export const ConversationContext = v.pipe(
  name(limits.contextUrl),
  v.check(
    (url) => normaliseContext(url) !== undefined,
    "must be the navigation URL of stored data or of a command; save the object first",
  ),
  v.transform((url) => normaliseContext(url) as string),
  v.metadata({ ref: "ConversationContext", examples: ["/orders/42"] }),
);

/** What a token may list: a context, or its beginning followed by `*` after `/ ? & =`, or `*` alone. */
export function normaliseContextPattern(pattern: string): string | undefined {
  if (pattern === "*") return pattern;
  if (!pattern.endsWith("*")) return normaliseContext(pattern);
  const beginning = pattern.slice(0, -1);
  if (!/[/?&=]$/.test(beginning)) return undefined;
  // The marker keeps the beginning from looking like an empty reference while it is normalised.
  const marked = normaliseContext(`${beginning}~`);
  return marked?.endsWith("~") ? `${marked.slice(0, -1)}*` : undefined;
}

/** Does one of the token's contexts cover this one? Both sides are normalised. */
export const covers = (patterns: readonly string[], context: string): boolean =>
  patterns.some((p) => p === context || (p.endsWith("*") && context.startsWith(p.slice(0, -1))));
