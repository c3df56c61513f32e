-- Messages that show files, so that the files of a conversation are listed without a look at its other messages.
CREATE TABLE with_files (n INTEGER PRIMARY KEY);

-- Once for each conversation: what was posted before. Text is searched first, because it is cheaper than parsing.
INSERT INTO with_files (n)
SELECT n FROM messages
WHERE CASE WHEN instr(body, '"attachments":[') > 0 THEN json_extract(body, '$.attachments[0].id') END IS NOT NULL;
