/** What users are chosen for; there is nothing else (USR-29). */
export const usersChoicePurposes = ["MessageRecipient", "ConversationMember", "VideoConferenceMember"] as const;
export type UsersChoicePurpose = (typeof usersChoicePurposes)[number];

/** Where users are being chosen, as both hooks hear it. */
export interface UsersChoosing {
  readonly choicePurpose: UsersChoicePurpose;
  /** The view of the conversation; absent where there is none, as for the members of a new conversation. */
  readonly form: HTMLElement | undefined;
  /** Id of the conversation; absent while it is being created. */
  readonly conversation: string | undefined;
}

/** The same for the page itself, which knows besides whether the conversation is about an object. */
export interface Situation extends UsersChoosing {
  readonly isContext: boolean;
}

/** The hooks of one kind, at the levels at which they can be attached. */
export interface Levels<Hook> {
  view: Hook | undefined;
  application: Hook | undefined;
}

const isContextRecipient = ({ choicePurpose, isContext }: Situation): boolean =>
  choicePurpose === "MessageRecipient" && isContext;

/** "Notify nobody" can be chosen only where the author says who is notified (USR-36). */
export const takesNobody = isContextRecipient;

/** The hooks that are asked, in their order: that of the view only for recipients in a context conversation. */
export const hooksFor = <Hook>(situation: Situation, { view, application }: Levels<Hook>): Hook[] =>
  [isContextRecipient(situation) ? view : undefined, application].filter((hook) => hook !== undefined);

/** What a hook may know of a situation. */
export const told = ({ choicePurpose, form, conversation }: Situation): UsersChoosing => ({
  choicePurpose,
  form,
  conversation,
});
