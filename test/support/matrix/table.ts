import { known } from "./callers.ts";

/**
 * Who gets what. Columns: `plain privileged acting user administrator data`, about objects of their own (Борис is the user
 * and the author), about a conversation of the same application that they are no members of, and about objects of another
 * application or of nobody. A fourth part says what an open route answers to `none unregistered blocked`; every other route
 * refuses them. Letters: u 401 unauthenticated, f 403 forbidden, b 403 user_blocked, n 404 not_found, c 409 conflict,
 * v 400 validation, s 422 not_supported.
 */
const tables = {
  server: `
    getServer                    | 200 200 200 200 200 200 | | | 200 200 200
  `,
  registration: `
    requestRegistration          | v v v v v v | | | v v v
    activateRegistration         | 200 200 200 200 200 200 | | | 200 200 200
    getRegistration              | 200 200 200 200 200 200 | | | 200 200 b
  `,
  sessions: `
    createSessionCode            | f f f 201 201 201
    createTicket                 | f f 201 201 201 201
  `,
  application: `
    getApplication               | 200 200 200 200 200 200
    getServerKeys                | 200 200 200 200 200 200 | | | 200 200 200
    removeKey                    | f c f f f f | | f n f f f f
    addKey                       | f 201 f f f f
    setContextAccess             | f 200 f f f f
    revokeContextAccess          | f 204 f f f f | | f 204 f f f f
    revokeContextAccess@user     | f 204 f f f f | | f n f f f f
  `,
  subscriber: `
    getSubscriber                       | f f f f 200 f
    setSubscriberEmail                  | f f f f 202 f
    getAdministrators                   | f f f f 200 f
    addToSubscriberAdministrators       | f f f f 204 f | | n n n n n n
    excludeFromSubscriberAdministrators | f f f f 204 f | | n n n n n n
    getNewAdministrationKey             | f f f f 201 f
    sendTemporaryCode                   | 202 202 202 202 202 202
  `,
  users: `
    createUser                   | f 201 f f f f
    createUsers                  | f 200 f f f f
    getUsers                     | f 200 f f f 200 | | f 200 f f f 200
    suggestUsers                 | 200 200 200 200 200 200 | | 200 200 200 200 200 200
    getProfiles                  | 200 200 200 200 200 200 | | 200 200 200 200 200 200
    getUserId                    | 200 200 200 200 200 200 | | n n n n n n
    getUser                      | 200 200 200 200 200 200 | | n n n n n n
    getUser@me                   | u u 200 200 200 200
    updateUser                   | f 200 200 200 f 200 | | n n n n n n
    updateUser@isLocked          | f 200 f f f 200 | | n n n n n n
  `,
  conversations: `
    createConversation           | u 201 201 201 201 201
    createConversation@members   | u 201 201 201 201 201 | | u n n n n n
    getConversations             | f 200 200 200 200 200
    getConversations@everywhere  | f 200 f f f 200
    getConversations@contexts    | f 200 f f f f
    getConversations@key         | 200 200 200 200 200 200 | | 200 200 200 200 200 200
    getConversations@context     | 200 200 200 200 200 200 | | 200 200 200 200 200 200
    getConversation              | u 200 200 200 200 200 | u 200 n n n n | u n n n n n
    getConversation@key          | u 200 200 200 200 200 | u 200 n n n n | u n n n n n
    updateConversation           | u 200 200 200 200 200 | u 200 n n n n | u n n n n n
    openConversation             | u 101 101 101 101 101 | u 101 n n n n | u n n n n n
  `,
  members: `
    getMembers                   | u 200 200 200 200 200 | u 200 n n n n | u n n n n n
    addMembers                   | u 204 204 204 204 204 | u 204 n n n n | u n n n n n
    addMembers@users             | u 204 204 204 204 204 | | u n n n n n
    removeMember                 | u 204 204 204 204 f   | u 204 n n n n | u n n n n n
    removeMember@user            | u 204 204 204 204 f   | | u n n n n f
  `,
  messages: `
    postMessage                  | u u 201 201 201 201   | u u n n n n   | u n n n n n
    postMessage@recipients       | u u 201 201 201 201   | | u n n n n n
    postMessage@author           | u 201 f f f f         | | u n n n n n
    getMessages                  | u 200 200 200 200 200 | u 200 n n n n | u n n n n n
    getMessages@author           | u 200 200 200 200 200 | | u n n n n n
    getMessages@after            | u 200 200 200 200 200 | u v v v v v   | u v v v v v
    searchMessages               | u u 200 200 200 200
    getMessage                   | u 200 200 200 200 200 | u 200 n n n n | u n n n n n
    updateMessage                | u 200 200 200 f f     | u 200 n n n n | u n n n n n
    getLinkPreview               | u 200 200 200 200 200
    deleteMessage                | u 200 200 200 f f     | u 200 n n n n | u n n n n n
  `,
  reactions: `
    addReaction                  | u u 200 200 200 200   | u u n n n n   | u n n n n n
    removeReaction               | u u 200 200 200 200   | u u n n n n   | u n n n n n
    getReactions                 | u 200 200 200 200 200 | u 200 n n n n | u n n n n n
    getReactions@user            | u 200 200 200 200 200 | | u n n n n n
  `,
  attachments: `
    uploadAttachment             | u 201 201 201 201 201 | u 201 n n n n | u n n n n n
    getAttachments               | u 200 200 200 200 200 | u 200 n n n n | u n n n n n
    setAttachmentPreview         | u n s s n n           | u s n n n n   | u n n n n n
    getUploadLink                | u n 200 200 n n       | u 200 n n n n | u n n n n n
    getAttachmentLink            | u 200 200 200 200 200 | u 200 n n n n | u n n n n n
  `,
  notifications: `
    getCurrentUserNotifications  | u u 200 200 200 200
    getDoNotDisturb              | u u 200 200 200 200
    setDoNotDisturb              | u u 200 200 200 200
    getWatchMode                 | u u 200 200 200 200 | u u n n n n | u n n n n n
    getWatchMode@user            | u 200 f f f f | | u n n n n n
    setWatchMode                 | u u 200 200 200 200 | u u n n n n | u n n n n n
    setWatchMode@user            | u 200 f f f f | | u n n n n n
    getConversationNotificationRepresentation      | u u 200 200 200 200 | u u n n n n | u n n n n n
    getConversationNotificationRepresentation@user | u 200 f f f f | | u n n n n n
    setConversationNotificationRepresentation      | u u 200 200 200 200 | u u n n n n | u n n n n n
    setConversationNotificationRepresentation@user | u 200 f f f f | | u n n n n n
    setReadMarker                | u u 200 200 200 200 | u u n n n n | u n n n n n
    getReaders                   | u 200 200 200 200 200 | u 200 n n n n | u n n n n n
    setPushSubscription          | u u 204 204 204 204
    removePushSubscription       | u u 204 204 204 204
    openInbox                    | u u 101 101 101 101
  `,
  // Ends the application, so it stands alone; the caller who may goes last.
  ending: `
    unregister                   | f 204 f f f f
  `,
  giving: `
    cancelApplication            | f 204 f f f f
  `,
};

export type Group = keyof typeof tables;

export interface Row {
  /** `operation` or `operation@place`. */
  name: string;
  operation: string;
  own: readonly string[];
  closed: readonly string[] | undefined;
  elsewhere: readonly string[] | undefined;
  /** Absent for routes that need a credential. */
  open: readonly string[] | undefined;
}

const letters: Record<string, string> = {
  u: "401 unauthenticated",
  f: "403 forbidden",
  b: "403 user_blocked",
  n: "404 not_found",
  c: "409 conflict",
  v: "400 validation",
  s: "422 not_supported",
};

const cellsOf = (part = ""): string[] | undefined => {
  const cells = part.split(" ").filter(Boolean);
  return cells.length === 0 ? undefined : cells.map((cell) => letters[cell] ?? cell);
};

function rowOf(line: string): Row {
  const [name = "", own, closed, elsewhere, open] = line.split("|").map((part) => part.trim());
  const row = {
    name,
    operation: name.split("@")[0] as string,
    own: cellsOf(own) ?? [],
    closed: cellsOf(closed),
    elsewhere: cellsOf(elsewhere),
    open: cellsOf(open),
  };
  if (row.own.length !== known.length) throw new Error(`${name} does not say what each caller gets`);
  return row;
}

export const groups = Object.keys(tables) as Group[];
export const rowsOf = (group: Group): Row[] =>
  tables[group]
    .split("\n")
    .filter((line) => line.includes("|"))
    .map(rowOf);
