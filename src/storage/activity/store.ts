import first from "../../../migrations/activity/0001_first.sql";
import { migrate } from "../objects/migrate.ts";

/** Tables of an activity shard; made on first use, because a shard is named by its application and not by a caller. */
export const openActivity = (sql: SqlStorage): void => migrate(sql, [first]);
