import * as v from "valibot";
import { Id, Uuid } from "./ids.ts";
import { limits } from "./limits.ts";
import { Count, Flag, Moment, paging } from "./lists.ts";
import { Email, line, name } from "./strings.ts";
import { standardUsers } from "./wire.ts";

/** The four kinds of users (USR-1); a guest is an external user too. */
export const UserKind = v.picklist(["regular", "integration", "external", "guest"]);
export type UserKind = v.InferOutput<typeof UserKind>;

/** A user of Beseda. Fields that the caller may not see, or that were never given, are absent. */
export const User = v.pipe(
  v.object({
    id: Id,
    kind: UserKind,
    /** UUID of the application's own user; absent when that user was deleted (USR-20). */
    infoBaseUserId: v.optional(Uuid),
    name: v.string(),
    fullName: v.string(),
    picture: v.optional(v.string()),
    phoneNumber: v.optional(v.string()),
    email: v.optional(v.string()),
    matchingKey: v.optional(v.string()),
    external: v.boolean(),
    emailForAuthentication: v.optional(v.string()),
    externalSystemType: v.optional(v.string()),
    externalSystemUserId: v.optional(v.string()),
    isLocked: v.boolean(),
    subscriberAdministrator: v.boolean(),
    created: Moment,
  }),
  v.metadata({ ref: "User" }),
);
export type User = v.InferOutput<typeof User>;

/** How the bytes of each kind of picture begin, in base64: what calls itself a picture must be one. */
const beginnings = [
  "png;base64,iVBORw0KGgo",
  "jpeg;base64,/9j/",
  "gif;base64,R0lGOD[dl]h",
  "webp;base64,UklGR.{7}RUJQ",
];

/** A small picture as a data URL; scripts inside SVG are not welcome. */
const Picture = v.pipe(
  v.string(),
  v.maxLength(limits.picture, `must be at most ${limits.picture} characters`),
  v.regex(
    new RegExp(`^data:image/(?:${beginnings.join("|")})`),
    "must be a data URL of a PNG, JPEG, GIF or WebP picture",
  ),
  v.regex(/^[^,]+,(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, "must be in base64"),
);

/** What a person may change of their own profile; name and full name come from the application. */
const profile = {
  picture: v.optional(v.nullable(Picture)),
  phoneNumber: v.optional(v.nullable(line(limits.phoneNumber))),
  email: v.optional(v.nullable(Email(limits.email))),
};

/** A user to be created from an application user, or an external one (USR-14, USR-7). */
export const UserDraft = v.pipe(
  v.strictObject({
    infoBaseUserId: v.optional(Uuid),
    name: name(limits.userName),
    fullName: v.optional(line(limits.userName)),
    matchingKey: v.optional(v.nullable(name(limits.matchingKey))),
    external: v.optional(v.boolean(), false),
    emailForAuthentication: v.optional(Email(limits.email)),
    ...profile,
  }),
  v.metadata({ ref: "UserDraft" }),
);
export type UserDraft = v.InferOutput<typeof UserDraft>;

export const UserBatch = v.strictObject({
  users: v.pipe(
    v.array(UserDraft),
    v.minLength(1),
    v.maxLength(limits.userBatch, `must hold at most ${limits.userBatch}`),
  ),
});

/** Result of one entry of a bulk creation: `created` is false when the pair existed already (USR-15). */
export const UserBatchResult = v.object({
  items: v.array(v.object({ user: User, created: v.boolean() })),
});

/** Changes to a user. The owner may send the profile fields, code with rights all of them. */
export const UserPatch = v.pipe(
  v.strictObject({
    infoBaseUserId: v.optional(v.nullable(Uuid)),
    name: v.optional(name(limits.userName)),
    fullName: v.optional(line(limits.userName)),
    matchingKey: v.optional(v.nullable(name(limits.matchingKey))),
    isLocked: v.optional(v.boolean()),
    ...profile,
  }),
  v.metadata({ ref: "UserPatch" }),
);
export type UserPatch = v.InferOutput<typeof UserPatch>;

/** A user as others name it: by id or by the application's own UUID (USR-13). */
export const UserReference = v.union([Id, Uuid], "must be a user id or an application user's UUID");

/** A user, or all users of the application (CNV-22). */
export const MemberReference = v.union(
  [v.literal(standardUsers.allApplicationUsers), Id, Uuid],
  "must be a user id, an application user's UUID or all-application-users",
);

/** Filter of the users search (SRCH-9): exact, and without regard to case for names, phone and e-mail. */
export const UserFilter = v.strictObject({
  ...paging,
  after: v.optional(Id),
  infoBaseUserId: v.optional(Uuid),
  name: v.optional(line(limits.userName)),
  fullName: v.optional(line(limits.userName)),
  phoneNumber: v.optional(line(limits.phoneNumber)),
  email: v.optional(line(limits.email)),
  emailForAuthentication: v.optional(line(limits.email)),
  matchingKey: v.optional(line(limits.matchingKey)),
  isLocked: v.optional(Flag),
  external: v.optional(Flag),
});
export type UserFilter = v.InferOutput<typeof UserFilter>;

/** The beginning of a name, typed by a person who chooses users. */
export const SuggestionQuery = v.strictObject({ text: line(limits.userName), count: v.optional(Count) });

/** Profiles by id, or by the application's UUID, separated by commas. */
export const ProfileQuery = v.strictObject({
  ids: v.pipe(
    v.string(),
    v.transform((ids) => ids.split(",")),
    v.maxLength(limits.profiles, `must hold at most ${limits.profiles} ids`),
    v.array(v.union([Id, Uuid])),
  ),
});

export const UserIdAnswer = v.object({ id: Id });
