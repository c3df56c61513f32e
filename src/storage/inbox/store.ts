import first from "../../../migrations/inbox/0001_first.sql";
import start from "../../../migrations/inbox/0002_start.sql";
import pushes from "../../../migrations/inbox/0003_pushes.sql";
import { migrate } from "../objects/migrate.ts";

/** Tables of an inbox shard; made on first use, because a shard is named by its application and not by a caller. */
export const openInbox = (sql: SqlStorage): void => migrate(sql, [first, start, pushes]);
