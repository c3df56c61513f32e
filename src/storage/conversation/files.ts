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
