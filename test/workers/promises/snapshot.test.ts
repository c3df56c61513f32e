import { expect } from "vitest";
import { standardUsers } from "../../../src/protocol/wire.ts";
import { Chance } from "../../support/chance.ts";
import { Replica, snapshotOf } from "../../support/workers/replica.ts";
import { type Caller, type Person, test, type World } from "../../support/workers/world.ts";

/** Everybody who can have a conversation open: each acts, and each keeps a copy. */
async function rolesOf(world: World) {
  const { anna, boris, vera, privileged } = world;
  return {
    creator: await world.again(anna, { contexts: ["*"] }),
    member: await world.again(boris, { contexts: ["*"] }),
    // Joins in the middle, leaves, comes back.
    late: await world.again(vera, { contexts: ["*"] }),
    acting: await world.as(boris.id, { contexts: ["*"] }),
    privileged,
  };
}
type Roles = Awaited<ReturnType<typeof rolesOf>>;

const kinds = {
  group: ({ anna, boris }: World) => anna.converse({ title: "Склад", members: [boris.id] }),
  "group of everybody": ({ anna, boris }: World) =>
    anna.converse({ title: "Новости", members: [boris.id, standardUsers.allApplicationUsers] }),
  "one-to-one": ({ anna, boris }: World) => anna.converse({ group: false, members: [boris.id] }),
  context: async (world: World) =>
    (await world.again(world.anna, { contexts: ["*"] })).converse({ conversationContext: "/orders/42" }),
};

const actions = {
  post: 30,
  postWithMore: 10,
  reply: 8,
  react: 16,
  unreact: 8,
  edit: 14,
  delete: 8,
  rename: 6,
  add: 8,
  addEverybody: 2,
  remove: 6,
  removeEverybody: 2,
  leave: 4,
  load: 4,
  lose: 8,
  sync: 8,
};

/** Random life of one conversation. What somebody may not do is tried as well: it must change nothing. */
class Life {
  private readonly world: World;
  private readonly roles: Roles;
  private readonly id: string;
  private readonly chance: Chance;
  readonly replicas: Map<keyof Roles, Replica>;
  private step = 0;
  /** Number of the latest event. */
  n = 0;

  constructor(world: World, roles: Roles, id: string, chance: Chance) {
    this.world = world;
    this.roles = roles;
    this.id = id;
    this.chance = chance;
    this.replicas = new Map(
      (Object.keys(roles) as (keyof Roles)[]).map((role) => [role, new Replica(roles[role] as Caller, id)]),
    );
  }

  async live(): Promise<void> {
    const action = this.chance.weighted(actions);
    const role = this.chance.pick(Object.keys(this.roles) as (keyof Roles)[]);
    const replica = this.replicas.get(role) as Replica;
    this.step++;
    if (action === "load") return replica.load();
    if (action === "lose") return replica.close();
    if (action === "sync") return replica.sync();
    const before = this.n;
    const { status, body } = await this.act(action, role);
    expect([200, 201, 204, 403, 404, 409, 413, 422, 401, 400], `${role} ${action}: ${body?.detail}`).toContain(status);
    this.n = (await this.world.privileged.get(`/conversations/${this.id}`)).body.n;
    expect(this.n - before, `${role} ${action} ${status}`).toBeLessThanOrEqual(status < 300 ? 1 : 0);
  }

  private act(action: keyof typeof actions, role: keyof Roles) {
    const caller = this.roles[role] as Caller;
    const path = `/conversations/${this.id}`;
    const text = `${role} ${this.step}`;
    const author = role === "privileged" ? { author: this.world.anna.id } : {};
    const someone = this.chance.pick(["creator", "member", "late"] as const);
    const user = (this.roles[someone] as Person).id;
    switch (action) {
      case "post":
        return caller.post(`${path}/messages`, { text, ...author });
      case "postWithMore":
        return caller.post(`${path}/messages`, {
          text: `<b>${text}</b>`,
          textFormat: role === "acting" || role === "privileged" ? "text/html" : "text/plain",
          data: { step: this.step, when: { $date: "2026-11-24T09:00:00.000Z" } },
          recipients: [user],
          ...author,
        });
      case "reply":
        return caller.post(`${path}/messages`, {
          text,
          replyTo: this.chance.whole(1, Math.max(1, this.step)),
          ...author,
        });
      case "react":
        return caller.put(`/messages/${this.someMessage()}/reactions/${this.someEmoji()}`);
      case "unreact":
        return caller.delete(`/messages/${this.someMessage()}/reactions/${this.someEmoji()}`);
      case "edit":
        return caller.patch(`/messages/${this.someMessage()}`, {
          text,
          ...(this.chance.next() < 0.3 && { data: null, recipients: [] }),
        });
      case "delete":
        return caller.delete(`/messages/${this.someMessage()}`);
      case "rename":
        return caller.patch(path, { title: text });
      case "add":
        return caller.post(`${path}/members`, { users: [user] });
      case "addEverybody":
        return caller.post(`${path}/members`, { users: [standardUsers.allApplicationUsers] });
      case "remove":
        return caller.delete(`${path}/members/${user}`);
      case "removeEverybody":
        return caller.delete(`${path}/members/${standardUsers.allApplicationUsers}`);
      default:
        return caller.delete(`${path}/members/me`);
    }
  }

  private someEmoji(): string {
    return encodeURIComponent(this.chance.pick(["👍", "❤️", "🙏"]));
  }

  /** The number of any event so far: often that of a message, sometimes of none. */
  private someMessage(): string {
    return `${this.id}.${this.chance.whole(1, Math.max(1, this.step))}`;
  }
}

const seeds = [1, 2];
const cases = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) => seeds.map((seed) => ({ kind, seed })));

test.for(cases)(
  "R5 a snapshot and the events after it are what a new snapshot says: $kind, seed $seed",
  async ({ kind, seed }, { world }) => {
    const { id } = await kinds[kind](world);
    const roles = await rolesOf(world);
    const life = new Life(world, roles, id, new Chance(seed));
    for (const replica of life.replicas.values()) await replica.load();
    for (let step = 0; step < 50; step++) await life.live();
    for (const [role, replica] of life.replicas) {
      await replica.sync();
      expect(replica.state, role).toEqual(await snapshotOf(roles[role], id));
      replica.close();
    }
    expect(life.n).toBeGreaterThan(5);
  },
);
