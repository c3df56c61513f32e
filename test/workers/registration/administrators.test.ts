import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { connect } from "../../../src/sdk/client/index.ts";
import { romashka } from "../../support/cast.ts";
import { door } from "../../support/workers/door.ts";
import { keysTo, pass, temporaryCodesTo } from "../../support/workers/registering.ts";
import { type Caller, lettersTo, openStrangers, test, type World } from "../../support/workers/world.ts";

const everyScope = { scopes: ["dataAdministration", "registerSystem", "code"] as const };

const administrators = async (world: World): Promise<string[]> =>
  (await world.anna.get("/subscriber/administrators")).body.items;

/** Names a user an administrator, with or without a code, and says how it went. */
async function name(caller: Caller, user: string, accessCode?: string): Promise<number | string> {
  const headers = accessCode === undefined ? {} : { "Access-Code": accessCode };
  const { status, body } = await caller.put(`/subscriber/administrators/${user}`, undefined, headers);
  return body?.code ?? status;
}

/** A temporary code, as the owner of the mailbox reads it. */
async function temporaryCode(caller: Caller): Promise<string> {
  expect((await caller.post("/subscriber/temporary-codes")).status).toBe(202);
  return (await temporaryCodesTo(romashka.email))[0] ?? "";
}

test("REG-33 REG-34 an administrator names another by id alone, and takes the status away", async ({ world }) => {
  const beseda = connect(() => world.anna.token, { fetch: door });
  await beseda.addToSubscriberAdministrators(world.boris.id);
  expect(await administrators(world)).toEqual([world.anna.id, world.boris.id].sort());
  expect((await world.boris.get("/subscriber")).status).toBe(200);
  await beseda.excludeFromSubscriberAdministrators(world.boris.id);
  expect(await administrators(world)).toEqual([world.anna.id]);
  expect((await world.boris.get("/subscriber")).body.code).toBe("forbidden");
});

test("REG-33 a user that does not exist cannot be named, nor one of another application", async ({ world }) => {
  const strangers = await openStrangers();
  for (const user of ["0123456789abcdefghjkmnpqrs", strangers.boris.id])
    expect(await name(world.anna, user)).toBe("not_found");
  expect(await administrators(world)).toEqual([world.anna.id]);
});

test("REG-34 anybody else brings the administration key", async ({ world }) => {
  const [key = ""] = await keysTo(romashka.email);
  for (const caller of [world.boris, world.plain, world.privileged]) {
    expect(await name(caller, world.boris.id, key)).toBe(204);
    expect((await caller.delete(`/subscriber/administrators/${world.boris.id}`, { "Access-Code": key })).status).toBe(
      204,
    );
  }
  expect(await administrators(world)).toEqual([world.anna.id]);
});

test("REG-34 without a code, or with a wrong one, nothing changes", async ({ world }) => {
  const [key = ""] = await keysTo(romashka.email);
  for (const code of [undefined, "", "00000000", `${key}A`, key.slice(1)])
    expect(await name(world.boris, world.boris.id, code)).toBe("forbidden");
  expect((await world.boris.delete(`/subscriber/administrators/${world.anna.id}`)).body.code).toBe("forbidden");
  expect(await administrators(world)).toEqual([world.anna.id]);
});

test("REG-35 each subscriber has a key of its own, of 160 bits, and it opens nothing elsewhere", async ({ world }) => {
  const strangers = await openStrangers();
  const [own = ""] = await keysTo(romashka.email);
  const [theirs = ""] = await keysTo("zoya@vasilek.example");
  expect(own.replaceAll("-", "")).toHaveLength(160 / 5);
  expect(theirs).not.toBe(own);
  expect(await name(world.boris, world.boris.id, theirs)).toBe("forbidden");
  expect(await name(strangers.boris, strangers.boris.id, own)).toBe("forbidden");
});

test("REG-35 no answer of any reading call shows the key", async ({ world }) => {
  const [key = ""] = await keysTo(romashka.email);
  const paths = ["/application", "/registration", "/subscriber", "/subscriber/administrators", "/users/me", "/server"];
  for (const path of paths) {
    const { status, body } = await world.anna.get(path);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain(key);
  }
  expect((await world.anna.get("/subscriber/administration-key")).status).toBe(404);
});

test("REG-36 an administrator gets a new key, and the old one stops at once", async ({ world }) => {
  const [old = ""] = await keysTo(romashka.email);
  const fresh = await connect(() => world.anna.token, { fetch: door }).getNewAdministrationKey();
  expect(await name(world.boris, world.boris.id, old)).toBe("forbidden");
  expect(await name(world.boris, world.boris.id, fresh)).toBe(204);
});

test("REG-36 nobody else gets a new key, and the one in use stays", async ({ world }) => {
  const [key = ""] = await keysTo(romashka.email);
  for (const caller of [
    world.boris,
    world.plain,
    world.privileged,
    await world.again(world.vera, { scopes: [...everyScope.scopes] }),
  ])
    expect((await caller.post("/subscriber/administration-key")).body.code).toBe("forbidden");
  expect(await name(world.boris, world.boris.id, key)).toBe(204);
});

test("REG-37 any user has a temporary code sent, to the subscriber and to nobody else", async ({ world }) => {
  const answer = await world.boris.post("/subscriber/temporary-codes");
  expect([answer.status, answer.body]).toEqual([202, undefined]);
  const [code = ""] = await temporaryCodesTo(romashka.email);
  expect(code.replaceAll("-", "")).toHaveLength(80 / 5);
  const everywhere = await lettersTo("");
  expect(everywhere.filter(({ text }) => text.includes(code))).toHaveLength(1);
  expect(everywhere.find(({ text }) => text.includes(code))?.text).toMatch(/application "Ромашка" asked/);
});

test("REG-37 ten temporary codes a day are sent, and each of them keeps working", async ({ world }) => {
  for (let sent = 0; sent < limits.temporaryCodesPerDay; sent++) await temporaryCode(world.boris);
  const { status, body } = await world.boris.post("/subscriber/temporary-codes");
  expect([status, body.code]).toEqual([429, "limit_exceeded"]);
  const codes = await temporaryCodesTo(romashka.email);
  expect(new Set(codes).size).toBe(limits.temporaryCodesPerDay);
  expect(await name(world.vera, world.vera.id, codes.at(-1))).toBe(204);
  pass(body.retryAfterSeconds);
  expect((await (await world.again(world.boris, {})).post("/subscriber/temporary-codes")).status).toBe(202);
});

test("REG-38 a temporary code works once, and leaves the key as it was", async ({ world }) => {
  const [key = ""] = await keysTo(romashka.email);
  const code = await temporaryCode(world.boris);
  expect(await name(world.boris, world.boris.id, code)).toBe(204);
  expect(await name(world.vera, world.vera.id, code)).toBe("forbidden");
  expect(await name(world.vera, world.vera.id, key)).toBe(204);
});

test("REG-38 fifty parallel uses of one temporary code succeed once", async ({ world }) => {
  const people = await world.crowd(50);
  const code = await temporaryCode(world.boris);
  const answers = await Promise.all(people.map((person) => name(person, person.id, code)));
  expect(answers.filter((answer) => answer === 204)).toHaveLength(1);
  expect(answers.filter((answer) => answer === "forbidden")).toHaveLength(49);
  expect(await administrators(world)).toHaveLength(2);
});

test("REG-38 a temporary code ends after twenty-four hours", async ({ world }) => {
  const code = await temporaryCode(world.boris);
  pass(limits.temporaryCodeSeconds);
  const boris = await world.again(world.boris, {});
  expect(await name(boris, boris.id, code)).toBe("forbidden");
});

test("REG-38 a temporary code spent on nobody is not spent", async ({ world }) => {
  const code = await temporaryCode(world.boris);
  expect(await name(world.boris, "0123456789abcdefghjkmnpqrs", code)).toBe("not_found");
  expect(await name(world.boris, world.boris.id, code)).toBe(204);
});

test("REG-38 a temporary code is for one subscriber", async ({ world }) => {
  const strangers = await openStrangers();
  const code = await temporaryCode(world.boris);
  expect(await name(strangers.boris, strangers.boris.id, code)).toBe("forbidden");
  expect(await name(world.boris, world.boris.id, code)).toBe(204);
});

test("SEC-3 the letter with a temporary code says what it does, for which application, and to keep it", async ({
  world,
}) => {
  await temporaryCode(world.boris);
  const [letter] = await lettersTo(romashka.email);
  for (const sentence of [
    /A user of the application "Ромашка" asked/,
    /lets whoever has it name an administrator of your applications/,
    /Never give it to anybody you do not trust/,
    /Пользователь приложения «Ромашка» запросил/,
  ])
    expect(letter?.text).toMatch(sentence);
});

test("REG-39 being an administrator, knowing the key and reading the mailbox each open the door", async ({ world }) => {
  const { boris, vera, anna } = world;
  const [key] = await keysTo(romashka.email);
  const as = (token: string) => connect(() => token, { fetch: door });
  await as(anna.token).addToSubscriberAdministrators(boris.id);
  await as(anna.token).excludeFromSubscriberAdministrators(boris.id);
  await as(vera.token).addToSubscriberAdministrators(boris.id, key);
  await as(vera.token).excludeFromSubscriberAdministrators(boris.id, key);
  await as(vera.token).sendTemporaryCode();
  await as(vera.token).addToSubscriberAdministrators(boris.id, (await temporaryCodesTo(romashka.email))[0]);
  expect(await administrators(world)).toEqual([anna.id, boris.id].sort());
});

test("REG-39 no right of an application or a user replaces status, key or mailbox", async ({ world }) => {
  const powerful = await world.again(world.vera, { scopes: [...everyScope.scopes] });
  const acting = await world.as(world.boris.id, { scopes: [...everyScope.scopes] });
  for (const caller of [world.boris, powerful, acting, world.plain, world.privileged]) {
    expect(await name(caller, world.boris.id)).toBe("forbidden");
    for (const path of ["/subscriber", "/subscriber/administrators"])
      expect((await caller.get(path)).body.code).toBe("forbidden");
    expect((await caller.patch("/subscriber", { email: "vera@romashka.example" })).body.code).toBe("forbidden");
  }
  expect(await administrators(world)).toEqual([world.anna.id]);
});
