import * as v from "valibot";
import type { ConversationFilter } from "../../protocol/conversations.ts";
import { limits } from "../../protocol/limits.ts";
import { decodeCursor, encodeCursor, type Page } from "../../protocol/lists.ts";
import type { State } from "../../storage/activity/states.ts";

/** What a search needs of a filter once paging is taken apart. */
export interface Search {
  wanted(state: State): boolean;
  direction: "Asc" | "Desc";
  count: number;
  /** Order of two states in the chosen direction: by last message date, then id. */
  compare(a: Sortable, b: Sortable): number;
  /** Does a state stand behind the boundary of the page? */
  follows(state: Sortable): boolean;
}

const list = "conversations";

type Sortable = Pick<State, "date" | "conversation">;

/** @throws Problem `validation` for a cursor of another list. */
export function searchOf(filter: ConversationFilter): Search {
  const direction = filter.sortDirection ?? "Desc";
  const sign = direction === "Asc" ? 1 : -1;
  const compare = (a: Sortable, b: Sortable) =>
    sign * (a.date - b.date || (a.conversation < b.conversation ? -1 : a.conversation > b.conversation ? 1 : 0));
  const boundary = boundaryOf(filter.cursor);
  const start = filter.startDate === undefined ? undefined : Date.parse(filter.startDate);
  return {
    direction,
    count: filter.count ?? limits.pageDefault,
    compare,
    wanted: (state) => matches(filter, state),
    follows: (state) => {
      if (boundary) return compare(state, boundary) > 0;
      return start === undefined || sign * (state.date - start) >= 0;
    },
  };
}

function boundaryOf(cursor: string | undefined): Sortable | undefined {
  if (cursor === undefined) return undefined;
  const [date, conversation] = decodeCursor(list, v.tuple([v.number(), v.string()]), cursor);
  return { date, conversation };
}

function matches(filter: ConversationFilter, state: State): boolean {
  const isContext = state.kind === "context";
  if (filter.contextConversation !== undefined && filter.contextConversation !== isContext) return false;
  if (filter.group !== undefined && filter.group !== (state.kind !== "oneToOne")) return false;
  if (filter.displayed !== undefined && filter.displayed !== state.displayed) return false;
  if (filter.key !== undefined && filter.key !== state.summary.key) return false;
  return filter.conversationContext === undefined || filter.conversationContext === state.summary.context;
}

/** The states of one page, in order; one more than asked for when there are more. */
export const select = (states: Iterable<State>, search: Search): State[] =>
  [...states]
    .filter((state) => search.wanted(state) && search.follows(state))
    .sort(search.compare)
    .slice(0, search.count + 1);

/** A page out of what {@link select} found. */
export function pageOfStates<Item>(found: readonly State[], search: Search, show: (state: State) => Item): Page<Item> {
  const shown = found.slice(0, search.count);
  const last = found.length > search.count ? shown.at(-1) : undefined;
  return { items: shown.map(show), ...(last && { cursor: encodeCursor(list, [last.date, last.conversation]) }) };
}
