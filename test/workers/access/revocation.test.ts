import { expect } from "vitest";
import { closeCodes } from "../../../src/protocol/wire.ts";
import { connectLine } from "../../support/workers/line.ts";
import { type Person, test } from "../../support/workers/world.ts";
import { endings, openIn, openInAll, openRooms, type Room, sayEverywhere, texts } from "./rooms.ts";

/** A hundred sockets take their time on a machine that is busy with other things. */
const slow = { timeout: 60_000 };
const after = "Сказано после ответа";

/** What a token gets that tries each conversation again. */
const comeBack = async (rooms: readonly Room[], token: string): Promise<Set<string>> =>
  new Set(
    await Promise.all(
      rooms.map(async ({ id }) => {
        const { problem, line } = await connectLine(`/conversations/${id}/live`, token);
        return problem?.code ?? ((await line?.next())?.type as string);
      }),
    ),
  );

const all = (rooms: readonly Room[]) => rooms.flatMap(({ lines }) => lines);
const others = (rooms: readonly Room[]) => rooms.map(({ otherLine }) => otherLine);
const many = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);
const newer = (world: Parameters<typeof openRooms>[0], person: Person) => world.again(person, { contexts: ["*"] });

test(
  "USR-23 a block closes a hundred sockets in twenty conversations of every kind before it answers",
  slow,
  async ({ world }) => {
    const { boris, rooms, inboxes, otherInbox } = await openRooms(world);
    expect([rooms.length, await openInAll(rooms, boris)]).toEqual([20, 100]);
    expect((await world.privileged.patch(`/users/${boris.id}`, { isLocked: true })).status).toBe(200);
    expect(await openInAll(rooms, boris)).toBe(0);
    await sayEverywhere(world, rooms, after);
    expect(await endings([...all(rooms), ...inboxes], after)).toEqual(
      many(102, { code: closeCodes.blocked.code, heard: false }),
    );
    expect(await texts(others(rooms))).toEqual(many(20, after));
    expect(otherInbox.closed).toBeUndefined();
    for (const token of [boris.token, (await newer(world, boris)).token])
      expect(await comeBack(rooms, token)).toEqual(new Set(["user_blocked"]));
    await world.privileged.patch(`/users/${boris.id}`, { isLocked: false });
    expect(await comeBack(rooms, boris.token)).toEqual(new Set(["hello"]));
  },
);

test(
  "REG-18 unregistering closes the sockets of everybody, the application's own too, before it answers",
  slow,
  async ({ world }) => {
    const { boris, rooms, inboxes, otherInbox } = await openRooms(world);
    const watching = await world.privileged.live(rooms[0]?.id ?? "");
    expect((await world.privileged.delete("/application/registration")).status).toBe(204);
    for (const user of new Set([boris, ...rooms.map(({ other }) => other)]))
      expect(await openInAll(rooms, user)).toBe(0);
    const closed = [...all(rooms), ...others(rooms), ...inboxes, otherInbox, watching];
    expect(await endings(closed, after)).toEqual(many(124, { code: closeCodes.unregistered.code, heard: false }));
    for (const token of [boris.token, (await newer(world, boris)).token, world.privileged.token])
      expect(await comeBack(rooms, token)).toEqual(new Set(["not_registered"]));
  },
);

test(
  "CNV-3 when the Read rights of a user must be told anew, older credentials end and newer ones come back",
  slow,
  async ({ world }) => {
    const { boris, rooms, inboxes, otherInbox } = await openRooms(world);
    expect((await boris.get("/users/me")).status).toBe(200);
    expect((await world.privileged.post("/context-revocations", { user: boris.id })).status).toBe(204);
    expect(await boris.get("/users/me")).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    expect(await openInAll(rooms, boris)).toBe(0);
    await sayEverywhere(world, rooms, after);
    const { credentialsChanged } = closeCodes;
    expect(await endings([...all(rooms), ...inboxes], after)).toEqual(
      many(102, { code: credentialsChanged.code, heard: false }),
    );
    expect(await texts(others(rooms))).toEqual(many(20, after));
    expect(otherInbox.closed).toBeUndefined();
    expect(await comeBack(rooms, boris.token)).toEqual(new Set(["unauthenticated"]));
    expect(await comeBack(rooms, (await newer(world, boris)).token)).toEqual(new Set(["hello"]));
  },
);

test(
  "CNV-3 the Read right that one user loses on one object closes that user's sockets there and no others",
  slow,
  async ({ world }) => {
    const { boris, rooms, inboxes } = await openRooms(world);
    const [lost, ...kept] = rooms.sort((a, b) => Number(b.kind === "context") - Number(a.kind === "context")) as [
      Room,
      ...Room[],
    ];
    const order = { conversationContext: lost.context, user: boris.infoBaseUserId };
    expect((await world.privileged.post("/context-revocations", order)).status).toBe(204);
    expect([await openIn(lost, boris), await openInAll(kept, boris)]).toEqual([0, 95]);
    await sayEverywhere(world, rooms, after);
    expect(await endings(lost.lines, after)).toEqual(many(5, { code: closeCodes.readLost.code, heard: false }));
    expect(await texts([...all(kept), ...others(rooms)])).toEqual(many(115, after));
    for (const inbox of inboxes) expect(inbox.closed).toBeUndefined();
    expect(await comeBack([lost], boris.token)).toEqual(new Set(["not_found"]));
    expect(await comeBack([lost], (await newer(world, boris)).token)).toEqual(new Set(["hello"]));
  },
);

test(
  "CNV-3 the Read right that everybody loses on one object closes all sockets there but the application's",
  slow,
  async ({ world }) => {
    const { boris, rooms } = await openRooms(world);
    const lost = rooms.find(({ kind }) => kind === "context") as Room;
    const watching = await world.privileged.live(lost.id);
    expect((await world.privileged.post("/context-revocations", { conversationContext: lost.context })).status).toBe(
      204,
    );
    expect([await openIn(lost, boris), await openIn(lost, lost.other)]).toEqual([0, 0]);
    await sayEverywhere(world, rooms, after);
    expect(await endings([...lost.lines, lost.otherLine], after)).toEqual(
      many(6, { code: closeCodes.readLost.code, heard: false }),
    );
    expect(await texts([...all(rooms.filter((room) => room !== lost)), watching])).toEqual(many(96, after));
  },
);

test(
  "CNV-11 whoever leaves hears nothing more there, on no device, and goes on hearing elsewhere",
  slow,
  async ({ world }) => {
    const { boris, rooms, inboxes } = await openRooms(world);
    const left = rooms.filter(({ kind }) => kind === "group");
    const kept = rooms.filter(({ kind }) => kind !== "group");
    for (const { id } of left) expect((await boris.delete(`/conversations/${id}/members/me`)).status).toBe(204);
    expect([await openInAll(left, boris), await openInAll(kept, boris)]).toEqual([0, 80]);
    await sayEverywhere(world, rooms, after);
    expect(await endings(all(left), after)).toEqual(many(20, { code: closeCodes.removed.code, heard: false }));
    expect(await texts([...all(kept), ...others(rooms)])).toEqual(many(100, after));
    for (const inbox of inboxes) expect(inbox.closed).toBeUndefined();
    expect(await comeBack(left, boris.token)).toEqual(new Set(["not_found"]));
  },
);

test("CNV-11 whoever is removed by the creator or by code hears nothing more there", slow, async ({ world }) => {
  const { boris, rooms } = await openRooms(world);
  const left = rooms.filter(({ kind }) => kind === "hidden service");
  for (const [i, { id, other }] of left.entries()) {
    const remover = i % 2 === 0 ? other : world.privileged;
    expect((await remover.delete(`/conversations/${id}/members/${boris.id}`)).status).toBe(204);
  }
  expect(await openInAll(rooms, boris)).toBe(80);
  await sayEverywhere(world, rooms, after);
  expect(await endings(all(left), after)).toEqual(many(20, { code: closeCodes.removed.code, heard: false }));
  expect(await texts(others(rooms))).toEqual(many(20, after));
  expect(await comeBack(left, boris.token)).toEqual(new Set(["not_found"]));
});

test(
  "CNV-22 when all users are taken out, listed members stay and everybody else hears nothing more",
  slow,
  async ({ world }) => {
    const { boris, rooms } = await openRooms(world);
    const left = rooms.filter(({ kind }) => kind === "all users");
    for (const { id, other } of left)
      expect((await other.delete(`/conversations/${id}/members/all-application-users`)).status).toBe(204);
    expect(await openInAll(rooms, boris)).toBe(80);
    await sayEverywhere(world, rooms, after);
    expect(await endings(all(left), after)).toEqual(many(20, { code: closeCodes.removed.code, heard: false }));
    expect(await texts(others(rooms))).toEqual(many(20, after));
    expect(await comeBack(left, boris.token)).toEqual(new Set(["not_found"]));
  },
);
