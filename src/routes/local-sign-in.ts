import { Hono } from "hono";
import { html } from "hono/html";
import { keep, keepPerson, peopleHere } from "../domain/access/sessions.ts";
import { isUserToken } from "../domain/access/tokens.ts";
import { Problem } from "../protocol/problems.ts";
import { configOf } from "../storage/config.ts";
import { trustedUser } from "../storage/directory/trusted.ts";
import { identified } from "./credentials.ts";
import type { Door } from "./door.ts";
import { notFound } from "./respond.ts";

/**
 * Signs the demo's people in on the machine itself, where there is no application to do it. A deployed server answers as if
 * there were nothing here.
 */
export const localSignIn = new Hono<Door>()
  .use("/people", async (c, next) => (configOf(c.env).mail === "local" ? next() : notFound(c)))
  .use("/sign-in", async (c, next) => (configOf(c.env).mail === "local" ? next() : notFound(c)))
  .use("/people", identified)
  .post("/people", async (c) => {
    const { caller, token } = c.var;
    if (caller.kind !== "user" || !isUserToken(token))
      throw new Problem("forbidden", "Only a user token lets somebody sign in");
    const { application, user, expiresAt } = caller;
    await keepPerson(c.env, token, { application, user, expires: expiresAt * 1000 }, Date.now());
    return c.body(null, 204);
  })
  .get("/sign-in", async (c) => {
    c.header("cache-control", "private, no-store");
    const now = Date.now();
    const people = await Promise.all(
      (await peopleHere(c.env, now)).map(async (person) => {
        const user = await trustedUser(c.env, person.application, person.user);
        return { ...person, name: user?.name ?? "", fullName: user?.fullName ?? "" };
      }),
    );
    const wanted = c.req.query("user");
    const person = people.find(({ user, name }) => user === wanted || name === wanted);
    if (!person) {
      c.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
      return c.html(page(people));
    }
    const { secret } = await keep(c.env, "code", person.token, person, now);
    return c.redirect(`/#${new URLSearchParams({ code: secret, application: person.application })}`, 303);
  });

const page = (people: readonly { user: string; fullName: string }[]) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Beseda: sign in</title>
    <style>
      :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 24rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.25rem; }
      ul { list-style: none; padding: 0; }
      a { display: block; padding: 0.75rem 1rem; margin-block: 0.5rem; border: 1px solid var(--line); border-radius: 12px; color: inherit; text-decoration: none; }
      a:hover { background: var(--line); }
    </style>
  </head>
  <body>
    <h1>Sign in</h1>
    <p>On your own machine you can be any person of the demo. Elsewhere the application signs its users in.</p>
    ${people.length === 0 ? html`<p>Nobody is here yet. Start the server with npm start.</p>` : ""}
    <ul>
      ${people.map(({ user, fullName }) => html`<li><a href="/local/sign-in?user=${user}">${fullName}</a></li>`)}
    </ul>
  </body>
</html>`;
