import type { SortDirection } from "../../../protocol/lists.ts";

/** Fields that every list takes. `count` is 1 to 250, 200 unless given. */
export interface Paging {
  count?: number;
  cursor?: string | undefined;
  sortDirection?: SortDirection;
}
