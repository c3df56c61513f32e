-- One shard of an application's users.

-- What the directory has told of a user, and the user's own setting for all conversations.
CREATE TABLE people (
  user TEXT PRIMARY KEY,
  blocked INTEGER NOT NULL DEFAULT 0,
  valid_from INTEGER NOT NULL DEFAULT 0,
  do_not_disturb INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- What one user has set or read in one conversation. `n` is the event that last changed the membership.
CREATE TABLE memberships (
  user TEXT NOT NULL,
  conversation TEXT NOT NULL,
  member INTEGER NOT NULL DEFAULT 0,
  n INTEGER NOT NULL DEFAULT 0,
  marker INTEGER NOT NULL DEFAULT 0,
  watch INTEGER,
  representation TEXT,
  PRIMARY KEY (user, conversation)
) WITHOUT ROWID;

-- Who is to be told of a conversation, in one row, so that a hint reads one row however many members there are.
CREATE TABLE audiences (
  conversation TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  context TEXT,
  displayed INTEGER NOT NULL,
  everyone INTEGER NOT NULL,
  created INTEGER NOT NULL,
  -- JSON: user -> 1 (watching) or 0 (not).
  people TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX audiences_of_everyone ON audiences (conversation) WHERE everyone = 1;

-- Messages addressed to a user in context conversations, not read yet.
CREATE TABLE addressed (
  user TEXT NOT NULL,
  conversation TEXT NOT NULL,
  n INTEGER NOT NULL,
  m INTEGER NOT NULL,
  PRIMARY KEY (user, conversation, n)
) WITHOUT ROWID;

-- Conversations to which a user may have sockets open, until when: whom to cut off when the user is blocked.
CREATE TABLE sockets (user TEXT NOT NULL, conversation TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (user, conversation)) WITHOUT ROWID;
