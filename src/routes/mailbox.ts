import { Hono } from "hono";
import { html } from "hono/html";
import * as v from "valibot";
import { configOf } from "../storage/config.ts";
import { directoryOf } from "../storage/directory/database.ts";
import { lettersTo } from "../storage/directory/letters.ts";
import type { Door } from "./door.ts";
import { notFound } from "./respond.ts";

const shown = 100;
const Query = v.object({ to: v.optional(v.pipe(v.string(), v.maxLength(254)), "") });

/** Every letter of a local server, as JSON and as a page. A deployed server answers as if there were nothing here. */
export const mailbox = new Hono<Door>().get("/mail", async (c) => {
  if (configOf(c.env).mail !== "local") return notFound(c);
  const query = v.safeParse(Query, c.req.query());
  const to = query.success ? query.output.to : "";
  const letters = await lettersTo(directoryOf(c.env), to || undefined, shown);
  const items = letters.map(({ id, to, subject, text, sent }) => ({
    id,
    to,
    subject,
    text,
    date: new Date(sent).toISOString(),
  }));
  c.header("cache-control", "private, no-store");
  if (!c.req.header("accept")?.includes("text/html")) return c.json({ items });
  c.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
  return c.html(page(items, to));
});

interface Item {
  to: string;
  subject: string;
  text: string;
  date: string;
}

const page = (items: readonly Item[], to: string) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Beseda: local mailbox</title>
    <style>
      :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.25rem; }
      form { display: flex; gap: 0.5rem; margin-block: 1rem; }
      input { flex: 1; font: inherit; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 8px; background: none; color: inherit; }
      button { font: inherit; padding: 0.5rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: none; color: inherit; }
      article { border: 1px solid var(--line); border-radius: 12px; padding: 1rem; margin-block: 0.75rem; }
      article h2 { font-size: 1rem; margin: 0 0 0.25rem; }
      article p { margin: 0; opacity: 0.75; font-size: 0.875rem; }
      pre { white-space: pre-wrap; font: inherit; margin: 0.75rem 0 0; }
    </style>
  </head>
  <body>
    <h1>Local mailbox</h1>
    <p>Letters that this server would have sent. Newest first.</p>
    <form><input name="to" type="search" aria-label="Address" placeholder="Address" value="${to}" /><button>Show</button></form>
    ${items.length === 0 ? html`<p>No letters${to ? ` to ${to}` : ""} yet. Register an application, and its code comes here.</p>` : ""}
    ${items.map(
      (letter) => html`<article>
        <h2>${letter.subject}</h2>
        <p>To ${letter.to} · <time datetime="${letter.date}">${letter.date}</time></p>
        <pre>${letter.text}</pre>
      </article>`,
    )}
  </body>
</html>`;
