import type { ApplicationHooks, CommandDescription, ViewHooks } from "beseda/embed";

/** A team of the application, by the UUIDs of its people. */
export interface Team {
  name: string;
  people: string[];
  picture: string;
}

/** Shows the application's own list of people. @returns UUIDs of those that were chosen */
export type Catalogue = (department: string, signal: AbortSignal) => Promise<string[]>;

export type CreateTask = (project: string, text: string) => Promise<void>;

/** Illustrates suggesting whole teams while a name is typed. It demonstrates a feature and is not a finished tool. */
export function suggestTeams(hooks: ViewHooks, findTeams: (text: string) => Promise<Team[]>): void {
  hooks.usersAutoComplete = async (choosing) => {
    if (choosing.choicePurpose === "VideoConferenceMember") return;
    const teams = await findTeams(choosing.text);
    choosing.choiceData.push(...teams.map(({ name, people, picture }) => ({ value: people, label: name, picture })));
  };
}

/** Illustrates a picker of the application's own: a function for members, a custom element for everything else. */
export function pickFromCatalogue(hooks: ApplicationHooks, showCatalogue: Catalogue): void {
  hooks.usersChoiceForm = (choosing) => {
    if (choosing.choicePurpose !== "ConversationMember") return;
    choosing.parameters.department = "Склад";
    choosing.chosenForm = ({ parameters, signal }) => showCatalogue(String(parameters.department), signal);
    choosing.standardProcessing = false;
  };
  hooks.defaultUsersChoiceForm = "romashka-people";
}

/** Illustrates a command of the application in the menus of messages, and its own way to follow links. */
export function addTaskCommand(hooks: ApplicationHooks, createTask: CreateTask): void {
  hooks.attachGenerateCommandsHandler(
    (forming, { project }: { project: string }) => {
      const { parameters, commands } = forming;
      if (parameters.source === "Message") {
        const create: CommandDescription = {
          command: () => createTask(project, parameters.message.text),
          label: "Создать задачу",
        };
        commands.push({ command: undefined }, create);
      }
      // Links to orders open in the application.
      if (parameters.source === "URL" && parameters.url.startsWith("https://romashka.example/orders/"))
        forming.defaultCommand = () => location.assign(parameters.url);
    },
    { project: "Склад" },
  );
}
