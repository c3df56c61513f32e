-- Users with a device that takes push messages: whom to think of although they do not listen. The devices stand in the directory.
CREATE TABLE pushes (user TEXT PRIMARY KEY) WITHOUT ROWID;
