-- Who reacted to which message with what: one row for each, so that nobody counts twice. Messages show a summary of it.
CREATE TABLE reactions (
  message INTEGER NOT NULL,
  emoji TEXT NOT NULL,
  user TEXT NOT NULL,
  PRIMARY KEY (message, emoji, user)
) WITHOUT ROWID;
