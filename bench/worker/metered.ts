import { Activity } from "../../durable-objects/activity.ts";
import { Conversation } from "../../durable-objects/conversation.ts";
import { Inbox } from "../../durable-objects/inbox.ts";
import type { Caller } from "../../src/protocol/actors.ts";
import worker from "../../src/worker.ts";
import type { Meter, Reading } from "../meter.ts";

/**
 * The product, unchanged, with the platform's own counters read: each statement's `rowsWritten` and `rowsRead` as billed,
 * alarms set (a row) and run (a request), calls of objects, messages of the queue, and how long objects were busy. Read and
 * reset at /meter.
 */
const meters = new Map<string, Meter>();
const cursors: { name: string; cursor: SqlStorageCursor<Record<string, SqlStorageValue>> }[] = [];
let queueMessages = 0;

function meterOf(name: string): Meter {
  const known = meters.get(name);
  if (known) return known;
  const meter = { rowsWritten: 0, rowsRead: 0, requests: 0, frames: 0, activeMs: 0, wakes: 0 };
  meters.set(name, meter);
  return meter;
}

/** A stand-in that passes everything on, with some members replaced. */
const standIn = <Target extends object>(target: Target, replaced: Record<PropertyKey, unknown>): Target =>
  new Proxy(target, {
    get: (_, property) => {
      if (property in replaced) return replaced[property];
      const value = Reflect.get(target, property, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });

/** Counts on the object's own storage: the platform takes no stand-in for it. */
function meteredState(ctx: DurableObjectState, name: string): DurableObjectState {
  meterOf(name).wakes++;
  const { storage } = ctx;
  const { sql } = storage;
  const [exec, setAlarm] = [sql.exec.bind(sql), storage.setAlarm.bind(storage)];
  Object.defineProperty(sql, "exec", {
    value: (query: string, ...bindings: unknown[]) => {
      const cursor = exec(query, ...bindings);
      cursors.push({ name, cursor });
      return cursor;
    },
  });
  Object.defineProperty(storage, "setAlarm", {
    value: (at: number) => {
      meterOf(name).rowsWritten++;
      return setAlarm(at);
    },
  });
  return ctx;
}

const nameOf = (ctx: DurableObjectState): string => names.get(ctx.id.toString()) ?? ctx.id.name ?? ctx.id.toString();
const names = new Map<string, string>();

/** Calls through a stub are requests of the object; each is billed. */
function meteredNamespace(namespace: DurableObjectNamespace): DurableObjectNamespace {
  return standIn(namespace, {
    idFromName: (name: string) => {
      const id = namespace.idFromName(name);
      names.set(id.toString(), name);
      return id;
    },
    get: (id: DurableObjectId) => {
      const stub = namespace.get(id) as unknown as Record<string, (...args: unknown[]) => unknown>;
      const name = names.get(id.toString()) ?? id.toString();
      return new Proxy(stub, {
        get:
          (_, method: string) =>
          (...args: unknown[]) => {
            meterOf(name).requests++;
            return timed(name, () => stub[method]?.(...args));
          },
      });
    },
  });
}

const meteredEnv = (env: Env): Env =>
  standIn(env, {
    CONVERSATIONS: meteredNamespace(env.CONVERSATIONS),
    INBOXES: meteredNamespace(env.INBOXES),
    ACTIVITIES: meteredNamespace(env.ACTIVITIES),
    JOBS: standIn(env.JOBS, {
      send: (body: never) => {
        queueMessages++;
        return env.JOBS.send(body);
      },
    }),
  });

/** Objects that work at the moment, by group, and since when the group works without a pause. */
const busy = new Map<string, { objects: number; since: number }>();

/**
 * Counts how long objects are busy, waiting for others included: the platform bills it. Shards of an application are one
 * group, counted while at least one of them works: here they share one thread and do their work one after another, so that
 * each would count the work of all others too. Deployed, each has a thread of its own.
 */
async function timed<Value>(name: string, work: () => Value | Promise<Value>): Promise<Value> {
  const group = name.split(":", 1)[0] as string;
  const state = busy.get(group) ?? { objects: 0, since: 0 };
  busy.set(group, state);
  if (state.objects++ === 0) state.since = performance.now();
  try {
    return await work();
  } finally {
    if (--state.objects === 0) meterOf(name).activeMs += performance.now() - state.since;
  }
}

class MeteredConversation extends Conversation {
  private readonly meterName: string;

  constructor(ctx: DurableObjectState, env: Env) {
    super(meteredState(ctx, nameOf(ctx)), meteredEnv(env));
    this.meterName = nameOf(ctx);
  }

  override alarm(): Promise<void> {
    meterOf(this.meterName).requests++;
    return timed(this.meterName, () => super.alarm());
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    meterOf(this.meterName).frames++;
    return timed(this.meterName, () => super.webSocketMessage(socket, data));
  }

  /** Writes a history by the product's own rules: every tenth message edited, every twentieth deleted. */
  async seed(user: string, count: number): Promise<void> {
    const caller = this.member(user);
    for (let i = 0; i < count; i++) {
      this.write(caller, { text: `Накладная ${i}: двенадцать коробок, ворота 3.` });
      if (i % 10 === 0) await this.edit(caller, this.store.n, { text: `Накладная ${i}, исправлено` });
      if (i % 20 === 0) await this.delete(caller, this.lastMessage());
    }
  }

  /** Reads the same page again and again, so that the time of one can be told from outside. */
  async readPages(user: string, count: number): Promise<void> {
    for (let i = 0; i < count; i++) await this.messages(this.member(user), { count: 50 });
  }

  private lastMessage(): number {
    return this.ctx.storage.sql.exec<{ n: number }>("SELECT max(n) AS n FROM messages").one().n;
  }

  private member(user: string): Caller {
    const { application = "", shards = 16 } = this.store.facts ?? {};
    const whole = {
      kind: "user",
      application,
      shards,
      user,
      ids: [user],
      scopes: [],
      contexts: [],
      code: false,
      since: 0,
    } as const;
    return {
      ...whole,
      ids: [user],
      scopes: [],
      contexts: [],
      contextAccess: "claims",
      issuedAt: 0,
      expiresAt: 4_000_000_000,
    };
  }
}

class MeteredInbox extends Inbox {
  constructor(ctx: DurableObjectState, env: Env) {
    super(meteredState(ctx, nameOf(ctx)), meteredEnv(env));
  }
}

class MeteredActivity extends Activity {
  constructor(ctx: DurableObjectState, env: Env) {
    super(meteredState(ctx, nameOf(ctx)), meteredEnv(env));
  }
}

export { MeteredActivity as Activity, MeteredConversation as Conversation, MeteredInbox as Inbox };

/** What was counted since the last reading, by object. */
function read(): Reading {
  for (const { name, cursor } of cursors) {
    const meter = meterOf(name);
    meter.rowsWritten += cursor.rowsWritten;
    meter.rowsRead += cursor.rowsRead;
  }
  const result: Reading = { objects: Object.fromEntries(meters), queueMessages };
  cursors.length = 0;
  meters.clear();
  queueMessages = 0;
  return result;
}

/** What a bench asks of an object itself: `/api/v1/meter/seed|pages/<conversation>/<user>/<count>`. */
async function work(env: Env, [what, conversation = "", user = "", count = "1"]: string[]): Promise<Response> {
  const object = env.CONVERSATIONS.get(env.CONVERSATIONS.idFromName(conversation)) as unknown as MeteredConversation;
  if (what === "seed") await object.seed(user, Number(count));
  else await object.readPages(user, Number(count));
  return Response.json({});
}

export default {
  ...worker,
  fetch: (request: Request, env: Env, context: ExecutionContext) => {
    const [, , , meter, ...rest] = new URL(request.url).pathname.split("/");
    if (meter !== "meter") return worker.fetch(request as never, meteredEnv(env), context);
    return rest.length === 0 ? Response.json(read()) : work(env, rest);
  },
};
