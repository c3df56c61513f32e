/** How long the page waits for a hook, and how much of what hooks say is taken. */
export const hookLimits = {
  /** Milliseconds; a hook that needs longer counts as one that did nothing. */
  usersAutoCompleteMs: 2_000,
  usersChoiceFormMs: 1_000,
  generateCommandsMs: 300,
  /** Entries of a list of suggestions, and users of one group or one choice. */
  entries: 100,
  users: 500,
  /** Commands of one menu, and menus within menus. */
  commands: 50,
  menus: 3,
  /** Characters of a label, and of the address of a picture. */
  label: 255,
  picture: 262_144,
} as const;
