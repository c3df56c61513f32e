import first from "../../../migrations/conversation/0001_first.sql";
import files from "../../../migrations/conversation/0002_files.sql";
import reactions from "../../../migrations/conversation/0003_reactions.sql";
import withFiles from "../../../migrations/conversation/0004_with_files.sql";
import stretches from "../../../migrations/conversation/0005_stretches.sql";
import { newId } from "../../protocol/ids.ts";
import type { CreationSpec } from "../directory/conversations.ts";
import { migrate, migrationsDone } from "../objects/migrate.ts";
import { lastChange } from "./changes.ts";
import { createFacts, type Facts, readFacts, writeFilesDue } from "./facts.ts";
import { addMembers, isMember } from "./members.ts";
import { lastMessage } from "./messages.ts";

const migrations = [first, files, reactions, withFiles, stretches];

/**
 * The log of one conversation with what must be at hand for every message: facts and the latest numbers. Tables exist only
 * after {@link create}, so asking an object that was never created writes nothing.
 */
export class ConversationStore {
  readonly sql: SqlStorage;
  facts: Facts | undefined;
  /** Number of the latest event, ordinal and date of the latest message. */
  n = 0;
  m = 0;
  date = 0;
  /** Messages written since the object woke, by client id, and the number from which on this memory is complete. */
  readonly recent = new Map<string, number>();
  recentFrom = 0;
  /** Users found to be members since the last change of members, so that a busy writer costs no row to read. */
  private readonly knownMembers = new Set<string>();

  constructor(sql: SqlStorage) {
    this.sql = sql;
    if (migrationsDone(sql) > 0) this.load();
  }

  /** Makes the tables and the facts; a second call changes nothing. */
  create(spec: CreationSpec): void {
    if (this.facts) return;
    migrate(this.sql, migrations);
    createFacts(this.sql, spec, newId());
    addMembers(this.sql, spec.members, spec.created);
    this.load();
  }

  isMember(user: string): boolean {
    if (this.knownMembers.has(user)) return true;
    const found = isMember(this.sql, user);
    if (found) this.knownMembers.add(user);
    return found;
  }

  /** Reads the facts again after they, or the members, were written. */
  refresh(): Facts {
    this.knownMembers.clear();
    const facts = readFacts(this.sql);
    if (!facts) throw new Error("A conversation without facts");
    this.facts = facts;
    return facts;
  }

  /** Remembers when files may have to be removed, in the facts that are read anyway. */
  setFilesDue(due: number | null): void {
    if (!this.facts || this.facts.filesDue === due) return;
    writeFilesDue(this.sql, due);
    this.facts.filesDue = due;
  }

  /** The tables are gone: from now on this conversation does not exist. */
  forget(): void {
    this.facts = undefined;
    this.n = this.m = this.date = this.recentFrom = 0;
    this.recent.clear();
    this.knownMembers.clear();
  }

  private load(): void {
    migrate(this.sql, migrations);
    this.refresh();
    const last = lastMessage(this.sql);
    this.n = Math.max(last?.n ?? 0, lastChange(this.sql));
    this.m = last?.m ?? 0;
    this.date = last?.date ?? 0;
    this.recentFrom = this.n;
  }
}
