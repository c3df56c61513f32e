import * as v from "valibot";
import { ConversationContext } from "./context.ts";
import { Id, isId } from "./ids.ts";
import { limits } from "./limits.ts";
import { Flag, Moment, paging } from "./lists.ts";
import { line, name, text } from "./strings.ts";
import { MemberReference, UserReference } from "./users.ts";

/** How a conversation works, fixed for its life: many people, two people, or everybody who may read an object. */
export type ConversationKind = "group" | "oneToOne" | "context";

/** A key that looks like an id would make "key or id" ambiguous; one that stands for a folder cannot stand in a path. */
export const ConversationKey = v.pipe(
  name(limits.conversationKey),
  v.check((key) => !isId(key), "must not look like an id"),
  v.check((key) => key !== "." && key !== "..", "must not be . or .."),
);

/** A conversation as its members see it. */
export const Conversation = v.pipe(
  v.object({
    id: Id,
    key: v.optional(v.string()),
    title: v.string(),
    group: v.boolean(),
    displayed: v.boolean(),
    viewOnly: v.boolean(),
    conversationContext: v.optional(v.string()),
    /** Absent for a conversation created by the application itself. */
    creator: v.optional(Id),
    created: Moment,
    /** The first members by id; `all-application-users` stands for everybody. The rest is at `/members`. */
    members: v.array(v.string()),
    memberCount: v.number(),
    /** Changes when the data was restored: positions of another epoch mean nothing. */
    epoch: v.string(),
    /** Number of the latest event. */
    n: v.number(),
  }),
  v.metadata({ ref: "Conversation" }),
);
export type Conversation = v.InferOutput<typeof Conversation>;

/** A conversation to be created. `group` matters only without a context; `clientId` makes a repeat return the first result. */
export const ConversationDraft = v.pipe(
  v.strictObject({
    key: v.optional(ConversationKey),
    title: v.optional(line(limits.conversationTitle)),
    group: v.optional(v.boolean()),
    displayed: v.optional(v.boolean(), true),
    viewOnly: v.optional(v.boolean(), false),
    conversationContext: v.optional(ConversationContext),
    members: v.optional(
      v.pipe(
        v.array(MemberReference),
        v.maxLength(limits.conversationMembers + 1, `must hold at most ${limits.conversationMembers} members`),
      ),
    ),
    clientId: v.optional(name(limits.clientId)),
  }),
  v.metadata({ ref: "ConversationDraft" }),
);
export type ConversationDraft = v.InferOutput<typeof ConversationDraft>;

/** Only the title changes; the other fields are accepted to say `conflict` when they differ. */
export const ConversationPatch = v.pipe(
  v.strictObject({
    title: v.optional(line(limits.conversationTitle)),
    key: v.optional(v.nullable(text(limits.conversationKey))),
    group: v.optional(v.boolean()),
    displayed: v.optional(v.boolean()),
    viewOnly: v.optional(v.boolean()),
    conversationContext: v.optional(v.nullable(text(limits.contextUrl))),
  }),
  v.metadata({ ref: "ConversationPatch" }),
);
export type ConversationPatch = v.InferOutput<typeof ConversationPatch>;

/** Filter of the conversations search (CNV-30, SRCH-6). */
export const ConversationFilter = v.strictObject({
  ...paging,
  startDate: v.optional(Moment),
  key: v.optional(text(limits.conversationKey)),
  conversationContext: v.optional(ConversationContext),
  contextConversation: v.optional(Flag),
  currentUserIsMember: v.optional(Flag),
  group: v.optional(Flag),
  displayed: v.optional(Flag),
});
export type ConversationFilter = v.InferOutput<typeof ConversationFilter>;

/** A conversation in a list: what a list shows without opening it. */
export const ConversationSummary = v.pipe(
  v.object({
    id: Id,
    key: v.optional(v.string()),
    title: v.string(),
    group: v.boolean(),
    displayed: v.boolean(),
    viewOnly: v.boolean(),
    conversationContext: v.optional(v.string()),
    /** The two people of a one-to-one conversation. */
    members: v.optional(v.array(v.string())),
    /** Moment of the last message, or of creation while there is none. */
    lastMessageDate: Moment,
    /** Number of the latest event and ordinal of the latest message. */
    n: v.number(),
    m: v.number(),
    /** Beginning of the last message. */
    lastMessage: v.optional(
      v.object({
        id: v.string(),
        author: Id,
        text: v.string(),
        date: Moment,
        /** How many files it shows; absent when none. */
        attachments: v.optional(v.number()),
      }),
    ),
    /** Of the asking user: messages not read yet, watch mode, display mode. Absent when the caller is no user. */
    unread: v.optional(v.number()),
    watch: v.optional(v.boolean()),
    representation: v.optional(v.picklist(["Normal", "DontDisturb"])),
  }),
  v.metadata({ ref: "ConversationSummary" }),
);
export type ConversationSummary = v.InferOutput<typeof ConversationSummary>;

export const MembersDraft = v.pipe(
  v.strictObject({
    users: v.pipe(
      v.array(MemberReference),
      v.minLength(1, "must name at least one user"),
      v.maxLength(limits.conversationMembers, `must hold at most ${limits.conversationMembers} users`),
    ),
  }),
  v.metadata({ ref: "MembersDraft" }),
);

export const Member = v.pipe(v.object({ user: v.string(), since: Moment }), v.metadata({ ref: "Member" }));
export type Member = v.InferOutput<typeof Member>;

export const MembersQuery = v.strictObject({ count: paging.count, cursor: paging.cursor });

/** Cuts the Read right at once: of one user or all, on one context or all (CNV-3). */
export const ContextRevocation = v.pipe(
  v.strictObject({ conversationContext: v.optional(ConversationContext), user: v.optional(UserReference) }),
  v.metadata({ ref: "ContextRevocation" }),
);
