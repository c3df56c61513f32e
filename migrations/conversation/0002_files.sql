-- Files that no message shows: uploads that wait to be posted, and what deleted messages left to be removed.
CREATE TABLE files (
  id TEXT PRIMARY KEY,
  -- Who may post it; null = to be removed only.
  uploader TEXT,
  -- The attachment as messages show it, JSON.
  attachment TEXT,
  -- The moment from which on it is to be removed.
  due INTEGER NOT NULL
) WITHOUT ROWID;

-- The earliest moment at which a file may be due, beside the facts, which are read anyway: no query more for a message.
ALTER TABLE facts ADD COLUMN files_due INTEGER;
