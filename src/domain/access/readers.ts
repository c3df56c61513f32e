import * as v from "valibot";
import type { Grant } from "../../protocol/actors.ts";
import { Uuid } from "../../protocol/ids.ts";
import type { ApplicationRecord } from "../../storage/directory/applications.ts";
import type { Remembered } from "../../storage/directory/remembered.ts";
import type { UserRow } from "../../storage/directory/users.ts";
import { keepAnswerMs } from "./read-right.ts";
import { unseal } from "./secrets.ts";
import { signBody } from "./signature.ts";

/** What an application answers: the users, by its own UUIDs, who may read the object. */
const Answer = v.object({ readers: v.array(Uuid) });

/** What asking an application takes. */
export interface Asking {
  application: ApplicationRecord;
  secret: string;
  remembered: Remembered<Grant | "denied">;
  people(ids: readonly string[]): Promise<UserRow[]>;
  /** Sends the signed question; undefined when no usable answer came. */
  call(url: string, body: string, signature: string): Promise<unknown>;
}

/** Which of these users may read a context: as remembered, the others as the application answers now. */
export async function readersOf(
  asking: Asking,
  context: string,
  users: readonly string[],
): Promise<Map<string, Grant>> {
  const granted = new Map<string, Grant>();
  const unknown: string[] = [];
  for (const user of users) {
    const grant = await asking.remembered.get(keyOf(asking, context, user), async () => undefined);
    if (grant === undefined) unknown.push(user);
    else if (grant !== "denied") granted.set(user, grant);
  }
  if (unknown.length === 0) return granted;
  const now = Date.now();
  const people = await asking.people(unknown);
  const readers = await ask(asking, context, people, now);
  for (const { id, infoBaseUserId } of people) {
    const grant =
      infoBaseUserId !== null && readers.has(infoBaseUserId)
        ? { from: now, until: now + keepAnswerMs(true) }
        : "denied";
    asking.remembered.set(keyOf(asking, context, id), grant, now + keepAnswerMs(grant !== "denied"));
    if (grant !== "denied") granted.set(id, grant);
  }
  return granted;
}

const keyOf = ({ application }: Asking, context: string, user: string): string =>
  `${application.id} ${user} ${context}`;

/** One signed question about several users. No answer, or one that is not understood, is nobody. */
async function ask(
  { application, secret, call }: Asking,
  context: string,
  people: readonly UserRow[],
  now: number,
): Promise<Set<string>> {
  if (application.contextAccess.way !== "callback") return new Set();
  const users = people.flatMap(({ infoBaseUserId }) => infoBaseUserId ?? []);
  const body = JSON.stringify({ context, users });
  const privateKey = await unseal(secret, application.serverPrivateKeySealed);
  const signature = await signBody(privateKey, application.serverKey.kid, body, now);
  const answer = v.safeParse(Answer, await call(application.contextAccess.url, body, signature));
  return new Set(answer.success ? answer.output.readers : []);
}
