import type { Collaboration } from "beseda/client";
import { reloadKey } from "../reload-key.ts";

/** What the server's module for pages of applications gives. */
interface Embed {
  connect(options: { getToken: () => Promise<string | null> }): Collaboration;
}

const { dataset } = document.documentElement;

const { connect } = (await import(`${dataset.beseda}/embed.js`)) as Embed;
const beseda = connect({
  getToken: async () => {
    const answer = await fetch("/beseda-token");
    return answer.ok ? answer.text() : null;
  },
});

/** The service conversation: whoever has the application open is asked, and nothing is reloaded behind anybody's back. */
void beseda.beginAttachNewMessagesHandler(undefined, reloadKey, () => ask());

function ask(): void {
  if (document.querySelector(".asked")) return;
  const asked = document.createElement("div");
  asked.className = "asked";
  asked.role = "status";
  const text = document.createElement("p");
  const title = document.createElement("strong");
  title.textContent = dataset.askedTitle ?? "";
  text.append(title, ` ${dataset.askedText}`);
  asked.append(
    text,
    button(dataset.later ?? "", () => asked.remove()),
    button(dataset.reload ?? "", () => location.reload()),
  );
  document.body.append(asked);
}

function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.textContent = label;
  made.addEventListener("click", onClick);
  return made;
}

const person = document.querySelector<HTMLFormElement>("#person");
person?.addEventListener("change", () => person.submit());
