import { lazily } from "../shell/lazily.tsx";

/** They are loaded when somebody begins to choose. */
export const PeoplePicker = lazily(async () => (await import("./fields.ts")).PeoplePicker);
export const MentionList = lazily(async () => (await import("./fields.ts")).MentionList);
