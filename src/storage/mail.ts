import { Problem } from "../protocol/problems.ts";
import { configOf } from "./config.ts";
import { directoryOf } from "./directory/database.ts";
import { keepLetter } from "./directory/letters.ts";

/** A letter of plain text to one address. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** The port through which letters leave. */
export interface Mail {
  send(letter: Letter): Promise<void>;
}

/**
 * The adapter that the configuration names.
 * @throws Problem `not_supported` when the server cannot send letters, so that nothing starts that needs one.
 */
export function openMail(env: Env): Mail {
  const config = configOf(env);
  if (config.mail === "local") return { send: (letter) => keepLetter(directoryOf(env), letter, Date.now()) };
  // The types promise the binding; an operator's own configuration may lack it.
  const canSend = config.mail === "resend" ? config.resendApiKey !== "" : (env.MAIL as unknown) !== undefined;
  if (!config.mailFrom || !canSend) {
    throw new Problem("not_supported", "This server cannot send letters", {
      nextStep: "The operator sets MAIL_FROM and a mail binding or RESEND_API_KEY, see the document on running.",
    });
  }
  return config.mail === "resend"
    ? throughResend(config.resendApiKey, config.mailFrom)
    : throughBinding(env, config.mailFrom);
}

const throughBinding = (env: Env, from: string): Mail => ({
  send: async ({ to, subject, text }) => {
    await env.MAIL.send({ from, to, subject, text });
  },
});

const throughResend = (key: string, from: string): Mail => ({
  send: async ({ to, subject, text }) => {
    const answer = await fetch("https://api.resend.com/emails", {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ from, to: [to], subject, text }),
      signal: AbortSignal.timeout(10_000),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`The mail service answered ${answer.status}`);
  },
});
