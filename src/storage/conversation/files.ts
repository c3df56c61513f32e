import type { Attachment } from "../../protocol/attachments.ts";

/** An upload that waits to be posted. */
export const addUpload = (sql: SqlStorage, uploader: string, attachment: Attachment, due: number): void => {
  sql.exec(
    "INSERT INTO files (id, uploader, attachment, due) VALUES (?, ?, ?, ?)",
    attachment.id,
    uploader,
    JSON.stringify(attachment),
    due,
  );
};

/** An upload of this uploader that may still be posted. What is due may be gone already. */
export function uploadOf(sql: SqlStorage, uploader: string, id: string, now: number): Attachment | undefined {
  const [row] = sql
    .exec<{ attachment: string }>(
      "SELECT attachment FROM files WHERE id = ? AND uploader = ? AND due > ?",
      id,
      uploader,
      now,
    )
    .toArray();
  return row && (JSON.parse(row.attachment) as Attachment);
}

export const countUploads = (sql: SqlStorage, uploader: string): number =>
  sql.exec<{ count: number }>("SELECT count(*) AS count FROM files WHERE uploader = ?", uploader).one().count;

/** A file that no message shows any more. */
export const addDue = (sql: SqlStorage, id: string, due: number): void => {
  sql.exec("INSERT INTO files (id, due) VALUES (?, ?) ON CONFLICT DO NOTHING", id, due);
};

export const dueFiles = (sql: SqlStorage, now: number, count: number): string[] =>
  sql
    .exec<{ id: string }>("SELECT id FROM files WHERE due <= ? LIMIT ?", now, count)
    .toArray()
    .map(({ id }) => id);

export const forgetFiles = (sql: SqlStorage, ids: readonly string[]): void => {
  for (const id of ids) sql.exec("DELETE FROM files WHERE id = ?", id);
};

/** The earliest moment at which a file is due; null when none waits. */
export const earliestDue = (sql: SqlStorage): number | null =>
  sql.exec<{ due: number | null }>("SELECT min(due) AS due FROM files").one().due;

/** Notes whether a message shows files. Messages that never had any ask for nothing here. */
export const noteFiles = (sql: SqlStorage, n: number, hasFiles: boolean): void => {
  if (hasFiles) sql.exec("INSERT INTO with_files (n) VALUES (?) ON CONFLICT DO NOTHING", n);
  else sql.exec("DELETE FROM with_files WHERE n = ?", n);
};

/** A message with files, as much of it as their list needs. */
export interface FilesRow {
  [column: string]: string | number;
  n: number;
  author: string;
  date: number;
  /** JSON. */
  attachments: string;
}

/** Messages with files up to a number, the newest first. */
export const messagesWithFiles = (sql: SqlStorage, upTo: number, count: number): FilesRow[] =>
  sql
    .exec<FilesRow>(
      `SELECT n, author, date, json_extract(body, '$.attachments') AS attachments
       FROM with_files JOIN messages USING (n) WHERE n <= ? ORDER BY n DESC LIMIT ?`,
      upTo,
      count,
    )
    .toArray();

/** What an upload that waits is, as messages will show it. */
export const changeUpload = (sql: SqlStorage, attachment: Attachment): void => {
  sql.exec("UPDATE files SET attachment = ? WHERE id = ?", JSON.stringify(attachment), attachment.id);
};
