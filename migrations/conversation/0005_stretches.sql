-- What a search over the messages remembers, made when somebody searches: which words stand in a stretch of events, so that
-- the next search leaves out the stretches that cannot fit. Gone as soon as a text of the stretch changes.
CREATE TABLE stretches (stretch INTEGER PRIMARY KEY, words TEXT NOT NULL);
