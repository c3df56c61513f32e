import { expect, test } from "vitest";
import { pickFromCatalogue, suggestTeams } from "../../../samples/hooks.ts";
import { UserId, Uuid } from "../../../src/sdk/client/index.ts";
import { choiceFormFor, suggestionsFrom } from "../../../src/sdk/embed/asking.ts";
import { type Situation, usersChoicePurposes } from "../../../src/sdk/embed/choosing.ts";
import { ApplicationHooks, type ViewHooks } from "../../../src/sdk/embed/hooks.ts";
import { lookOf } from "../../../src/sdk/embed/looks.ts";
import { readSuggestions, type Suggestion } from "../../../src/sdk/embed/users-auto-complete.ts";
import { readChoice, readValue } from "../../../src/sdk/embed/values.ts";
import { cast } from "../../support/cast.ts";

const [anna, boris, vera] = ["a", "b", "v"].map((letter) => letter.repeat(26)) as [string, string, string];
const uuid = cast.boris.infoBaseUserId;
const recipient: Situation = {
  choicePurpose: "MessageRecipient",
  isContext: true,
  form: undefined,
  conversation: "c".repeat(26),
};
const member: Situation = { ...recipient, choicePurpose: "ConversationMember", isContext: false };
const conference: Situation = { ...recipient, choicePurpose: "VideoConferenceMember" };
const mention: Situation = { ...recipient, isContext: false };
const systemList: Suggestion[] = [{ value: anna }];

type Step =
  | "keeps"
  | "adds"
  | "replaces"
  | "adds and stops"
  | "throws"
  | "gives nonsense"
  | "keeps and stops"
  | "never ends";

/** A hook that says its level wherever it adds something, and notes that it was asked. */
function hookOf(level: string, step: Step | undefined, asked: string[]): ViewHooks["usersAutoComplete"] {
  if (!step) return undefined;
  return async (choosing) => {
    asked.push(level);
    const entry = { value: boris, label: level };
    if (step.startsWith("adds")) choosing.choiceData.push(entry);
    if (step === "replaces") choosing.choiceData = [entry];
    if (step === "gives nonsense") choosing.choiceData = "all" as never;
    if (step.endsWith("stops")) choosing.standardProcessing = false;
    if (step === "throws") {
      choosing.choiceData = [];
      throw new TypeError("A fault of the host");
    }
    if (step === "never ends") await new Promise(() => undefined);
  };
}

interface Row {
  view?: Step;
  application?: Step;
  asked: string[];
  shown: string[];
}

const rows: [string, Situation, Row][] = [
  [
    "USR-31 the view's hook comes first",
    recipient,
    { view: "adds", application: "adds", asked: ["view", "app"], shown: ["system", "view", "app"] },
  ],
  [
    "USR-31 the view's hook is not asked for members",
    member,
    { view: "adds", application: "adds", asked: ["app"], shown: ["system", "app"] },
  ],
  ["USR-31 nor for members of a video conference", conference, { view: "adds", asked: [], shown: ["system"] }],
  [
    "USR-31 nor outside of context conversations",
    mention,
    { view: "adds and stops", application: "keeps", asked: ["app"], shown: ["system"] },
  ],
  ["USR-31 the view's hook may replace the list", recipient, { view: "replaces", asked: ["view"], shown: ["view"] }],
  [
    "USR-32 false in the view's hook ends the chain",
    recipient,
    { view: "adds and stops", application: "adds", asked: ["view"], shown: ["system", "view"] },
  ],
  [
    "USR-32 the list is used as it is, though nothing was changed",
    recipient,
    { view: "keeps and stops", application: "replaces", asked: ["view"], shown: ["system"] },
  ],
  [
    "USR-33 the application's hook gets the list of the view's",
    recipient,
    { view: "replaces", application: "adds", asked: ["view", "app"], shown: ["view", "app"] },
  ],
  [
    "USR-33 the application's hook gets the system's list",
    recipient,
    { application: "adds", asked: ["app"], shown: ["system", "app"] },
  ],
  [
    "USR-33 the application's hook may replace all",
    recipient,
    { view: "adds", application: "replaces", asked: ["view", "app"], shown: ["app"] },
  ],
  ["USR-33 without hooks the system's list is shown", recipient, { asked: [], shown: ["system"] }],
  [
    "a hook that throws has changed nothing, and the next goes on",
    recipient,
    { view: "throws", application: "adds", asked: ["view", "app"], shown: ["system", "app"] },
  ],
  [
    "a hook that throws leaves the list of the one before",
    recipient,
    { view: "replaces", application: "throws", asked: ["view", "app"], shown: ["view"] },
  ],
  [
    "a list that is none has changed nothing",
    recipient,
    { view: "gives nonsense", application: "adds", asked: ["view", "app"], shown: ["system", "app"] },
  ],
];

test.each(rows)("%s", async (_, situation, { view, application, asked, shown }) => {
  const heard: string[] = [];
  const hooks = new ApplicationHooks();
  hooks.onError = () => undefined;
  hooks.usersAutoComplete = hookOf("app", application, heard);
  const list = await suggestionsFrom(hooks, systemList, "бор", situation, {
    usersAutoComplete: hookOf("view", view, heard),
  });
  expect(heard).toEqual(asked);
  expect(list.map(({ label = "system" }) => label)).toEqual(shown);
});

test("USR-29 USR-34 the hook hears purpose, text, list, view and conversation, and nothing else", async () => {
  expect(usersChoicePurposes).toEqual(["MessageRecipient", "ConversationMember", "VideoConferenceMember"]);
  const hooks = new ApplicationHooks();
  const heard: unknown[] = [];
  hooks.usersAutoComplete = (choosing) => heard.push({ ...choosing });
  await suggestionsFrom(hooks, systemList, "бор", recipient);
  const { isContext: _, ...told } = recipient;
  expect(heard).toEqual([{ ...told, text: "бор", choiceData: systemList, standardProcessing: true }]);
});

test.each([
  ["the id of a user", boris, { type: "user", references: [boris] }],
  ["the UUID of an application user", uuid.toUpperCase(), { type: "user", references: [uuid] }],
  ["a UserId", new UserId(boris), { type: "user", references: [boris] }],
  ["a Uuid", new Uuid(uuid), { type: "user", references: [uuid] }],
  [
    "an array",
    [boris, new Uuid(uuid), vera, boris, 5, null, [anna]],
    { type: "group", references: [boris, uuid, vera] },
  ],
  ["an array of one", [boris], { type: "group", references: [boris] }],
  ["an empty array", [], undefined],
  ["an array of nobody", [""], undefined],
  ["a number", 7, undefined],
  ["a name", "Борис", undefined],
  ["nothing", undefined, undefined],
  ["an object", { id: boris }, undefined],
])("USR-35 the value of an entry may be %s", (_, value, read) => {
  expect(readValue(value)).toEqual(read);
});

test.each([
  ["of recipients in a context conversation", recipient, 1],
  ["of recipients elsewhere", mention, 0],
  ["of members", member, 0],
  ["of members of a video conference", conference, 0],
])("USR-36 an empty id stands in a list %s", (_, situation, count) => {
  expect(readSuggestions([{ value: "" }], situation)).toEqual(Array(count).fill({ type: "nobody" }));
  expect(readSuggestions([{ value: new UserId("") }], situation)).toHaveLength(count);
});

test.each([
  ["/pictures/a.png", "http://localhost/pictures/a.png"],
  ["https://romashka.example/a.svg", "https://romashka.example/a.svg"],
  ["data:image/png;base64,AAAA", "data:image/png;base64,AAAA"],
  ["javascript:alert(1)", undefined],
  ["data:text/html,<script>", undefined],
  ["", undefined],
  [5, undefined],
])("USR-37 a picture of an entry is one that can be shown: %s", (picture, shown) => {
  expect(lookOf({ picture }).picture).toBe(shown);
});

test("USR-37 a label is a text, cut where it is too long", () => {
  expect(lookOf({ label: " Склад " })).toEqual({ label: "Склад" });
  expect(lookOf({ label: "  " })).toEqual({});
  expect(lookOf({ label: { toString: () => "Склад" } })).toEqual({});
  expect(lookOf({ label: "я".repeat(300) }).label).toHaveLength(255);
});

test.each([
  ["an id", boris, [boris]],
  ["a UUID", new Uuid(uuid), [uuid]],
  ["an array of both", [boris, uuid, 5, "", [vera], null], [boris, uuid]],
  ["nobody", undefined, []],
  ["a number", 5, []],
  ["a name", "Борис", []],
])("USR-41 a picker hands back %s", (_, choice, users) => {
  expect(readChoice(choice)).toEqual(users);
});

test("USR-28 the sample suggests teams, and has a picker of its own for members and another for everybody else", async () => {
  const hooks = new ApplicationHooks();
  suggestTeams(hooks, async (text) => [{ name: `Склад ${text}`, people: [uuid, vera], picture: "/team.png" }]);
  const shown = await suggestionsFrom(hooks, systemList, "3", member);
  expect(shown.map(({ label, type }) => [label, type])).toEqual([
    [undefined, "user"],
    ["Склад 3", "group"],
  ]);
  expect(await suggestionsFrom(hooks, systemList, "3", conference)).toHaveLength(1);
  pickFromCatalogue(hooks, async () => [uuid]);
  expect(await choiceFormFor(hooks, recipient)).toMatchObject({ chosenForm: "romashka-people" });
  const found = await choiceFormFor(hooks, member);
  expect(found?.parameters).toMatchObject({ department: "Склад", multipleChoice: true });
  expect(found?.chosenForm).toBeTypeOf("function");
});

type FormStep = "names" | "names and stops" | "stops" | "throws" | "names nonsense";

const formRows: [
  string,
  Situation,
  { view?: FormStep; app?: FormStep; setting?: string; found: string | undefined },
][] = [
  ["the view's hook decides", recipient, { view: "names and stops", app: "names and stops", found: "view-form" }],
  [
    "the view's hook is not asked for members",
    member,
    { view: "names and stops", app: "names and stops", found: "app-form" },
  ],
  [
    "the view's hook passes on",
    recipient,
    { view: "names", app: "names and stops", setting: "set-form", found: "app-form" },
  ],
  ["both pass on to the setting", recipient, { view: "names", app: "names", setting: "set-form", found: "set-form" }],
  ["what was named is kept where nobody else names any", recipient, { view: "names", found: "view-form" }],
  [
    "stopping without a picker leaves none",
    recipient,
    { view: "stops", app: "names", setting: "set-form", found: undefined },
  ],
  ["a hook that throws has named nothing", recipient, { view: "throws", setting: "set-form", found: "set-form" }],
  ["what is no name of an element is no picker", recipient, { app: "names nonsense", found: undefined }],
  ["without hooks the setting counts", member, { setting: "set-form", found: "set-form" }],
  ["without anything there is none", recipient, { found: undefined }],
];

test.each(formRows)("USR-39 the search for a picker: %s", async (_, situation, { view, app, setting, found }) => {
  const hookOf = (name: string, step: FormStep | undefined): ViewHooks["usersChoiceForm"] =>
    step &&
    ((choosing) => {
      if (step.startsWith("names")) choosing.chosenForm = step === "names nonsense" ? "<script>" : `${name}-form`;
      if (step.endsWith("stops")) choosing.standardProcessing = false;
      if (step === "throws") throw new TypeError("A fault of the host");
    });
  const hooks = new ApplicationHooks();
  hooks.onError = () => undefined;
  hooks.defaultUsersChoiceForm = setting;
  hooks.usersChoiceForm = hookOf("app", app);
  const form = await choiceFormFor(hooks, situation, { usersChoiceForm: hookOf("view", view) });
  expect(form?.chosenForm).toBe(found);
});

test("USR-40 the picker's hook hears purpose, view, conversation and the preset parameters", async () => {
  const hooks = new ApplicationHooks();
  const heard: unknown[] = [];
  hooks.usersChoiceForm = (choosing) => heard.push({ ...choosing });
  await choiceFormFor(hooks, recipient);
  const { isContext: _, ...told } = recipient;
  const parameters = { choiceMode: true, multipleChoice: true, closeOnOwnerClose: true };
  expect(heard).toEqual([{ ...told, parameters, chosenForm: undefined, standardProcessing: true }]);
});
