/** What the directory has told of a user. Nothing stored = a user in good standing. */
export interface Standing {
  blocked: boolean;
  /** Milliseconds; credentials made before count no more. */
  validFrom: number;
}

interface Row {
  [column: string]: number;
  blocked: number;
  valid_from: number;
  do_not_disturb: number;
}

/** The row that stands for every user of the application, for revocations that concern all. */
export const everybody = "*";

const rowOf = (sql: SqlStorage, user: string): Row | undefined =>
  sql.exec<Row>("SELECT blocked, valid_from, do_not_disturb FROM people WHERE user = ?", user).toArray()[0];

export function standingOf(sql: SqlStorage, user: string): Standing {
  const own = rowOf(sql, user);
  const all = rowOf(sql, everybody);
  return { blocked: own?.blocked === 1, validFrom: Math.max(own?.valid_from ?? 0, all?.valid_from ?? 0) };
}

export const writeStanding = (sql: SqlStorage, user: string, blocked: boolean | null, validFrom: number): void => {
  sql.exec(
    `INSERT INTO people (user, blocked, valid_from) VALUES (?1, ifnull(?2, 0), ?3)
     ON CONFLICT (user) DO UPDATE SET blocked = ifnull(?2, blocked), valid_from = max(valid_from, excluded.valid_from)`,
    user,
    blocked === null ? null : Number(blocked),
    validFrom,
  );
};

export const doNotDisturbOf = (sql: SqlStorage, user: string): boolean => rowOf(sql, user)?.do_not_disturb === 1;

export const writeDoNotDisturb = (sql: SqlStorage, user: string, doNotDisturb: boolean): void => {
  sql.exec(
    "INSERT INTO people (user, do_not_disturb) VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET do_not_disturb = excluded.do_not_disturb",
    user,
    Number(doNotDisturb),
  );
};
