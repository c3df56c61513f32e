import type { EmbedModule } from "beseda/embed";
import { reloadKey } from "../reload-key.ts";
import { languages } from "../words.ts";
import { answerQuestions, offerTasks, suggestDepartments } from "./hooks.ts";
import { definePeoplePicker } from "./people-picker.ts";

const { dataset, lang } = document.documentElement;
const language = lang === "ru" ? "ru" : "en";
const words = languages[language];

const { connect, hooks } = (await import(`${dataset.beseda}/embed.js`)) as EmbedModule;
const beseda = connect({
  getToken: async () => {
    const answer = await fetch("/beseda-token");
    return answer.ok ? answer.text() : null;
  },
});

const view = document.querySelector("beseda-conversation");
if (view) suggestDepartments(view, language);
hooks.defaultUsersChoiceForm = definePeoplePicker(words, language);
offerTasks(hooks, words, addTask);
answerQuestions(beseda, (context) => fetch(`${context}/answer`, { method: "POST" }));

async function addTask(text: string): Promise<void> {
  const { ok } = await fetch(`${location.pathname}/tasks`, { method: "POST", body: new URLSearchParams({ text }) });
  if (!ok) throw new Error("The task was not added");
  const task = document.createElement("li");
  task.textContent = text;
  document.querySelector(".tasks")?.append(task);
}

/** The service conversation: whoever has the application open is asked, and nothing is reloaded behind anybody's back. */
void beseda.beginAttachNewMessagesHandler(undefined, reloadKey, () => ask());

function ask(): void {
  if (document.querySelector(".asked")) return;
  const asked = document.createElement("div");
  asked.className = "asked";
  asked.role = "status";
  const text = document.createElement("p");
  const title = document.createElement("strong");
  title.textContent = words.askedTitle;
  text.append(title, ` ${words.askedText}`);
  asked.append(
    text,
    button(words.later, () => asked.remove()),
    button(words.reload, () => location.reload()),
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
