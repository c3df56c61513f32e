import type { FoundMessage } from "../../../src/protocol/search.ts";
import type { Answer } from "../../support/workers/door.ts";
import type { Caller } from "../../support/workers/world.ts";

type Query = Record<string, string>;

/** One page of what a person finds. */
export const searched = (person: Caller, text: string, query: Query = {}): Promise<Answer> =>
  person.get(`/messages?${new URLSearchParams({ text, ...query })}`);

/** The pages of a search, one after another. */
export async function pagesOf(person: Caller, text: string, query: Query = {}): Promise<FoundMessage[][]> {
  const pages: FoundMessage[][] = [];
  for (let cursor: string | undefined, isLast = false; !isLast; ) {
    const { status, body } = await searched(person, text, { ...query, ...(cursor !== undefined && { cursor }) });
    if (status !== 200) throw new Error(`${status} ${body.detail}`);
    if (pages.push(body.items) > 40) throw new Error("The pages do not end");
    cursor = body.cursor;
    isLast = cursor === undefined;
  }
  return pages;
}

/** Texts of everything a person finds. */
export const found = async (person: Caller, text: string, query: Query = {}): Promise<string[]> =>
  (await pagesOf(person, text, query)).flat().map(({ message }) => message.text);

/** The words of a message that are marked. */
export const marked = ({ message, marks }: FoundMessage): string[] =>
  marks.map(({ from, to }) => message.text.slice(from, to));
