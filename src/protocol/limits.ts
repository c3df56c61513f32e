/**
 * Every number a user can run into. Units stand in the names or beside them; tests and documents read this table.
 * Bytes are UTF-8, characters are UTF-16 code units.
 */
export const limits = {
  /** Characters of a message's plain text (MSG-1). */
  messageText: 4_000,
  /** Characters of HTML that may carry that text. */
  messageHtml: 64_000,
  /** Characters of formatted text as JSON: one long link may stand in many runs. */
  messageRuns: 262_144,
  /** Bytes of a message's data as JSON, binary as base64 (MSG-12). */
  messageData: 102_400,
  /** Levels of nesting in a message's data. */
  messageDataDepth: 64,
  /** Recipients of one message. */
  messageRecipients: 500,
  /** Attachments of one message, and characters of their names and content types (ATT-3). */
  messageAttachments: 20,
  attachmentName: 255,
  contentType: 255,
  /** Kinds of reactions to one message, users shown with each, and characters of an emoji. */
  messageReactions: 20,
  reactionUsersShown: 10,
  emoji: 32,
  /** Bytes of the small picture of a picture, and pixels of its longer side. */
  previewBytes: 102_400,
  previewSide: 640,
  /** Hours an upload waits to be posted, uploads of one user that wait in a conversation, and seconds a link to a file lives. */
  uploadHours: 24,
  uploadsWaiting: 100,
  linkSeconds: 300,
  /** Characters of an address that is looked at, and of what a preview says: the site's name, the title, the description. */
  linkAddress: 2_048,
  linkSite: 100,
  linkTitle: 200,
  linkDescription: 300,
  /** Bytes read of a page, seconds for it with all its redirects, and redirects. */
  linkPage: 262_144,
  linkPageSeconds: 3,
  linkRedirects: 3,
  /** Seconds a preview is kept, and the knowledge that there is none. */
  linkKeptSeconds: 86_400,
  linkNothingSeconds: 600,
  /** Listed members of a conversation (CNV-21). */
  conversationMembers: 3_000,
  /** Characters of a title, a key, a name. */
  conversationTitle: 255,
  conversationKey: 255,
  userName: 255,
  applicationName: 255,
  phoneNumber: 64,
  matchingKey: 255,
  email: 254,
  clientId: 64,
  /** Characters of a context object's navigation URL. */
  contextUrl: 1_024,
  /** Contexts a user token may list. */
  tokenContexts: 100,
  /** Bytes of a picture kept with a user. */
  picture: 65_536,
  /** Users in one bulk creation. */
  userBatch: 200,
  /** Profiles asked for at once, and suggestions returned. */
  profiles: 100,
  suggestions: 20,
  /** Objects in a page (SRCH-2). */
  pageDefault: 200,
  pageMax: 250,
  /** Characters and words of a search over messages, and messages found in a page unless told. */
  searchText: 255,
  searchWords: 10,
  foundDefault: 50,
  /** Members shown inside a conversation itself; the rest is a list of its own. */
  membersShown: 100,
  /** Bytes of a request body and of a socket frame. */
  requestBody: 1_048_576,
  clientFrame: 262_144,
  /** Bytes of an events frame, and of one page while resuming. */
  eventsFrame: 262_144,
  resumePage: 1_048_576,
  /** Events after which a resume becomes a reload, and messages among which a repeated post is sought. */
  resumeEvents: 10_000,
  repeatAfterSeen: 10_000,
  repeatWithoutSeen: 2_000,
  /** Bytes sent to one socket without an acknowledgement before it counts as a slow reader. */
  unacknowledged: 16_777_216,
  /** Open sockets of one user: to one conversation, and for notifications. */
  socketsPerConversation: 20,
  socketsPerInbox: 50,
  /** Bytes and seconds of tokens. */
  token: 8_192,
  userTokenSeconds: 43_200,
  applicationTokenSeconds: 300,
  /** Open sockets of a conversation up to which it is told who is writing. */
  typingSockets: 50,
  /** Listed members of a conversation up to which it is told how far each of them has read. */
  readersMembers: 50,
  /** Seconds a sign-in code and a socket's ticket live, characters of a code, and sessions of one user at once. */
  sessionCodeSeconds: 60,
  ticketSeconds: 30,
  sessionCode: 64,
  sessionsPerUser: 50,
  /** Devices of one user that take push messages, days for which one counts, and characters of where it takes them. */
  pushDevices: 20,
  pushDays: 30,
  pushEndpoint: 1_024,
  /** Keys of an application that are valid at once. */
  applicationKeys: 2,
  /** The activation code: digits, seconds it lives, tries, seconds between sends, codes a day and address. */
  activationCodeDigits: 8,
  activationCodeSeconds: 1_800,
  activationTries: 5,
  activationResendSeconds: 60,
  activationCodesPerDay: 10,
  /** Seconds a temporary administration code lives, and how many are sent to a subscriber in a UTC day. */
  temporaryCodeSeconds: 86_400,
  temporaryCodesPerDay: 10,
  /** Seconds a grant or a denial of the Read right by callback may be kept. */
  grantSeconds: 60,
  denialSeconds: 5,
  /** Days after which a cancelled application's data is erased. */
  erasureDays: 30,
} as const;
