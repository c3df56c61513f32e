import type { Collaboration } from "beseda/client";
import type { ApplicationHooks, ConversationElement } from "beseda/embed";
import { departments } from "../departments.ts";
import type { Language, Words } from "../words.ts";

/** In the order's own view: whoever begins to type the name of a department is offered all of its people at once. */
export function suggestDepartments(view: ConversationElement, language: Language): void {
  view.hooks.usersAutoComplete = ({ text, choiceData }) => {
    const typed = text.toLocaleLowerCase(language);
    for (const { name, people } of departments)
      if (name[language].toLocaleLowerCase(language).startsWith(typed))
        choiceData.push({ value: people, label: name[language] });
  };
}

/** In every view: what somebody wrote becomes a task of the order, by the menu of the message. */
export function offerTasks(hooks: ApplicationHooks, words: Words, addTask: (text: string) => Promise<void>): void {
  hooks.attachGenerateCommandsHandler(({ parameters, commands }) => {
    if (parameters.source !== "Message") return;
    commands.push(
      { command: undefined },
      { command: ({ message }) => addTask(message.text), label: words.addTask, picture: "/icon.svg" },
    );
  });
}

/** A question to the application: the server answers what was typed behind a question mark. */
export function answerQuestions(beseda: Collaboration, ask: (context: string) => Promise<unknown>): void {
  beseda.attachAfterSendMessageHandler((message, { conversationContext }) => {
    if (message.text.startsWith("?") && conversationContext) return ask(conversationContext);
  });
}
