-- The log of one conversation. Rows written are the bill: integer keys or WITHOUT ROWID, no secondary index.

-- One row: what the conversation is.
CREATE TABLE facts (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  application TEXT NOT NULL,
  conversation TEXT NOT NULL,
  shards INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT,
  context TEXT,
  displayed INTEGER NOT NULL,
  view_only INTEGER NOT NULL,
  everyone INTEGER NOT NULL,
  creator TEXT,
  created INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  title TEXT NOT NULL,
  member_count INTEGER NOT NULL,
  -- Inbox shards that have members or watchers: one bit each, as a decimal string.
  audience TEXT NOT NULL,
  -- 1 once code has set the date of a message: dates no longer grow with numbers.
  dated INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE members (user TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;

-- Both tables share the counter n, so a resume is a merge of two range reads and no gap can hide.
CREATE TABLE messages (
  n INTEGER PRIMARY KEY,
  m INTEGER NOT NULL,
  author TEXT NOT NULL,
  -- Who sent it under which client id; sought among the latest rows only.
  client TEXT,
  date INTEGER NOT NULL,
  -- The message as it is sent, JSON; editing and deleting rewrite it.
  body TEXT NOT NULL
);
CREATE TABLE changes (n INTEGER PRIMARY KEY, type TEXT NOT NULL, message INTEGER, body TEXT);

-- How far each destination has been served.
CREATE TABLE cursors (destination TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;

-- Read rights taken away: grants older than this moment count no more. '*' stands for everybody.
CREATE TABLE revocations (user TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;

-- Blocked people of a one-to-one conversation, told by their inbox: nothing can be sent to them (USR-26).
CREATE TABLE blocked (user TEXT PRIMARY KEY) WITHOUT ROWID;
