-- One shard of an application's conversations: the last state of each, one row written for a dispatch.
CREATE TABLE states (
  conversation TEXT PRIMARY KEY,
  n INTEGER NOT NULL,
  m INTEGER NOT NULL,
  date INTEGER NOT NULL,
  kind TEXT NOT NULL,
  displayed INTEGER NOT NULL,
  -- JSON: what a list shows (title, key, context, pair, last message).
  summary TEXT NOT NULL,
  -- JSON: user -> ordinal of that user's own latest message, for the authors seen last.
  authors TEXT NOT NULL
) WITHOUT ROWID;
