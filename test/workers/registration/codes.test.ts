import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { romashka } from "../../support/cast.ts";
import { call } from "../../support/workers/door.ts";
import { type Applicant, applicant, codeTo, otherThan, pass } from "../../support/workers/registering.ts";
import { lettersTo, test } from "../../support/workers/world.ts";

/** Step 1 done, the code read. */
async function asked(more: object = {}): Promise<{ petitioner: Applicant; code: string }> {
  const petitioner = await applicant();
  const { status, body } = await petitioner.ask(more);
  expect([status, body.registrationCompleted]).toEqual([202, false]);
  return { petitioner, code: await codeTo(romashka.email) };
}

const applications = async (): Promise<number> =>
  (await env.DIRECTORY.prepare("SELECT count(*) AS count FROM applications").first<number>("count")) ?? -1;

test("REG-11 the first call mails a code and creates nothing yet", async () => {
  const { petitioner, code } = await asked();
  expect(petitioner.requestId).toMatch(/^[0-9a-z]{26}$/);
  expect(code).toMatch(/^\d{8}$/);
  expect(code).toHaveLength(limits.activationCodeDigits);
  expect(await applications()).toBe(0);
});

test("REG-11 a first call without an address is refused", async () => {
  const { status, body } = await (await applicant()).ask({ email: undefined });
  expect([status, body.code, body.field]).toEqual([400, "validation", "email"]);
});

test.for(["anna", "anna@", "anna@romashka.example\r\nBcc: all@romashka.example", `${"a".repeat(250)}@b.example`])(
  "REG-11 what is no address is refused: %o",
  async (email) => {
    const { status, body } = await (await applicant()).ask({ email });
    expect([status < 500, body.field]).toEqual([true, "email"]);
    expect(["validation", "limit_exceeded"]).toContain(body.code);
  },
);

test("REG-12 the code and a proof by the first call's key complete the registration", async () => {
  const { petitioner, code } = await asked();
  const { body } = await petitioner.bring(` ${code} `);
  expect(body).toMatchObject({ registrationCompleted: true, registrationData: { keyId: petitioner.key.keyId } });
  expect(await applications()).toBe(1);
});

test.for(["wrong", "0", "12345678901234567890"])("REG-12 %o is a wrong code, not a wrong request", async (typed) => {
  const { petitioner } = await asked();
  const { status, body } = await petitioner.bring(typed);
  expect([status, body]).toEqual([
    200,
    { registrationCompleted: false, messageText: "The code is wrong. Tries left: 4.", requestId: petitioner.requestId },
  ]);
});

test("REG-12 a used code completes nothing again", async () => {
  const { petitioner, code } = await asked();
  await petitioner.bring(code);
  const { body } = await petitioner.bring(code);
  expect(body).toMatchObject({ registrationCompleted: false, messageText: expect.stringMatching(/no longer works/) });
  expect(body.registrationData).toBeUndefined();
  expect(await applications()).toBe(1);
});

test("REG-12 a code lives for thirty minutes", async () => {
  const { petitioner, code } = await asked();
  pass(limits.activationCodeSeconds);
  const { body } = await petitioner.bring(code);
  expect(body).toMatchObject({ registrationCompleted: false, messageText: expect.stringMatching(/no longer works/) });
  expect(await applications()).toBe(0);
});

test("REG-12 a code still works just before its end", async () => {
  const { petitioner, code } = await asked();
  pass(limits.activationCodeSeconds - 5);
  expect((await petitioner.bring(code)).body.registrationCompleted).toBe(true);
});

test("REG-12 after five wrong codes the right one is useless, and a new one works", async () => {
  const { petitioner, code } = await asked();
  for (let left = limits.activationTries - 1; left > 0; left--)
    expect((await petitioner.bring(otherThan(code))).body.messageText).toBe(`The code is wrong. Tries left: ${left}.`);
  await petitioner.bring(otherThan(code));
  expect((await petitioner.bring(code)).body.registrationCompleted).toBe(false);
  expect(await applications()).toBe(0);
  pass(limits.activationResendSeconds);
  const again = await asked();
  expect((await again.petitioner.bring(again.code)).body.registrationCompleted).toBe(true);
});

test("REG-12 parallel guesses get five tries in all", async () => {
  const { petitioner, code } = await asked();
  await Promise.all(Array.from({ length: 20 }, () => petitioner.bring(otherThan(code))));
  expect(await env.DIRECTORY.prepare("SELECT tries FROM registration_requests").first("tries")).toBe(
    limits.activationTries,
  );
  expect((await petitioner.bring(code)).body.registrationCompleted).toBe(false);
});

test("REG-12 fifty parallel uses of one code register one application", async () => {
  const { petitioner, code } = await asked();
  const answers = await Promise.all(Array.from({ length: 50 }, () => petitioner.bring(code)));
  expect(answers.filter(({ body }) => body.registrationCompleted)).toHaveLength(1);
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(await applications()).toBe(1);
});

test("REG-12 codes to one address leave at least sixty seconds apart", async () => {
  await asked();
  const early = await (await applicant()).ask();
  expect([early.status, early.body.code]).toEqual([429, "limit_exceeded"]);
  expect(Number(early.headers.get("retry-after"))).toBeGreaterThan(limits.activationResendSeconds - 10);
  expect(await lettersTo(romashka.email)).toHaveLength(1);
  expect((await (await applicant()).ask({ email: "boris@romashka.example" })).status).toBe(202);
  pass(limits.activationResendSeconds);
  expect((await (await applicant()).ask()).status).toBe(202);
});

test("REG-12 parallel requests for one address send one letter", async () => {
  const petitioners = await Promise.all(Array.from({ length: 10 }, applicant));
  const answers = await Promise.all(petitioners.map((petitioner) => petitioner.ask()));
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  expect(await lettersTo(romashka.email)).toHaveLength(1);
});

test("REG-12 an address gets ten codes a day, and more the day after", async () => {
  pass(86_400 - (Math.floor(Date.now() / 1000) % 86_400) + 1);
  for (let sent = 0; sent < limits.activationCodesPerDay; sent++) {
    expect((await (await applicant()).ask()).status).toBe(202);
    pass(limits.activationResendSeconds);
  }
  const { status, body } = await (await applicant()).ask();
  expect([status, body.code]).toEqual([429, "limit_exceeded"]);
  expect(body.retryAfterSeconds).toBeGreaterThan(80_000);
  expect(await lettersTo(romashka.email)).toHaveLength(limits.activationCodesPerDay);
  pass(body.retryAfterSeconds);
  expect((await (await applicant()).ask()).status).toBe(202);
});

test("REG-12 the code without the key of the first call is nothing, and costs no try", async () => {
  const { petitioner, code } = await asked();
  const thief = await applicant();
  for (let i = 0; i < limits.activationTries; i++) {
    const { status, body } = await thief.bring(code, petitioner.requestId);
    expect([status, body.code]).toEqual([401, "unauthenticated"]);
  }
  expect((await petitioner.bring(code)).body.registrationCompleted).toBe(true);
});

test("REG-12 a proof is for one request, and for minutes", async () => {
  const { petitioner, code } = await asked();
  const { requestId } = petitioner;
  for (const proof of [
    await petitioner.proof("0123456789abcdefghjkmnpqrs"),
    await petitioner.proof(requestId, limits.applicationTokenSeconds + 1),
    await petitioner.proof(requestId, -1),
    "proof",
  ]) {
    const { status, body } = await call("POST", `/registrations/${requestId}/activation`, undefined, {
      activationCode: code,
      proof,
    });
    expect([status, body.code]).toEqual([401, "unauthenticated"]);
  }
});

test("SEC-4 a code for one request does nothing for another, even of the same person", async () => {
  const first = await asked();
  pass(limits.activationResendSeconds);
  const second = await asked({ infoBaseName: "Чужая" });
  expect((await second.petitioner.bring(first.code)).body.registrationCompleted).toBe(false);
  expect(await applications()).toBe(0);
  expect((await first.petitioner.bring(first.code)).body.registrationCompleted).toBe(true);
});

test.for([
  [
    "en",
    /application "Ромашка" is being registered/,
    /for this registration only/,
    /speaks for your application/,
    /Never give it to anybody/,
  ],
  [
    "ru",
    /Приложение «Ромашка» регистрируется/,
    /только для этой регистрации/,
    /получит права вашего приложения/,
    /Не сообщайте код никому/,
  ],
] as const)(
  "SEC-3 SEC-4 the letter names application and operation and says to keep the code (%s)",
  async ([language, ...sentences]) => {
    await asked({ language });
    const [letter] = await lettersTo(romashka.email);
    for (const sentence of sentences) expect(letter?.text).toMatch(sentence);
  },
);
