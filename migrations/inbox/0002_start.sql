-- A conversation that becomes everybody's later has nothing unread from before: ordinal of the latest message at that moment.
ALTER TABLE audiences ADD COLUMN start INTEGER NOT NULL DEFAULT 0;
