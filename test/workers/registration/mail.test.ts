import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import worker from "../../../src/worker.ts";
import { romashka } from "../../support/cast.ts";
import { door, origin } from "../../support/workers/door.ts";
import { applicant, codeTo, database, entered, pass, register } from "../../support/workers/registering.ts";
import { lettersTo, memoryStore, test } from "../../support/workers/world.ts";

/** The same Worker under other variables, as an operator might deploy it. */
const deployed =
  (variables: object): typeof fetch =>
  (input, init) =>
    Promise.resolve(
      worker.fetch(
        new Request(input as string, init as RequestInit) as never,
        { ...env, ...variables } as Env,
        {} as never,
      ),
    );

const sending = { MAIL_THROUGH: "binding", MAIL_FROM: "beseda@beseda.test" };

const mute: [string, object][] = [
  ["no sender", { MAIL_THROUGH: "binding", MAIL_FROM: "" }],
  ["no binding", { ...sending, MAIL: undefined }],
  ["no key of the mail service", { MAIL_THROUGH: "resend", MAIL_FROM: "beseda@beseda.test", RESEND_API_KEY: "" }],
  ["no secret", { BESEDA_SECRET: "" }],
];

test.for(mute)(
  "REG-11 a server that cannot send letters starts no registration and says why: %s",
  async ([, variables]) => {
    const { application, store } = database(memoryStore(), ["registerSystem"], deployed(variables));
    const error = await application.registerInfoBase(entered).catch((problem: unknown) => problem);
    expect(error).toMatchObject({
      code: "not_supported",
      message: expect.stringMatching(/cannot send letters|has no secret/),
    });
    expect(error).toMatchObject({ nextStep: expect.stringMatching(/The operator sets/) });
    expect(store.state).toEqual({});
    for (const table of ["registration_requests", "code_letters"])
      expect(await env.DIRECTORY.prepare(`SELECT count(*) AS count FROM ${table}`).first("count")).toBe(0);
  },
);

test("REG-11 REG-15 a deployed server sends code and key through its binding and keeps neither", async () => {
  const send = vi.fn<(letter: { from: string; to: string; text: string }) => Promise<void>>(async () => undefined);
  const { application } = database(memoryStore(), ["registerSystem"], deployed({ ...sending, MAIL: { send } }));
  await application.registerInfoBase(entered);
  const activationCode = /code: (\d{8})/.exec(send.mock.calls[0]?.[0].text ?? "")?.[1] ?? "";
  expect((await application.registerInfoBase({ ...entered, activationCode })).registrationCompleted).toBe(true);
  expect(send.mock.calls[1]?.[0]).toMatchObject({ from: sending.MAIL_FROM, to: romashka.email });
  expect(send.mock.calls[1]?.[0].text).toMatch(/Administration key: [A-Z2-9-]{38}\n/);
  expect(await lettersTo(romashka.email)).toEqual([]);
});

test("REG-15 when the letter with the key is lost, the next registration mails one", async () => {
  const losing = deployed({ ...sending, MAIL: { send: () => Promise.reject(new Error("Mailbox full")) } });
  vi.spyOn(console, "error").mockReturnValue();
  const { application, store } = database();
  await application.registerInfoBase(entered);
  const activationCode = await codeTo(romashka.email);
  const unlucky = database(store, ["registerSystem"], losing).application;
  await expect(unlucky.registerInfoBase({ ...entered, activationCode })).rejects.toMatchObject({ code: "internal" });
  pass(60);
  expect((await register(application)).registrationCompleted).toBe(true);
  expect((await lettersTo(romashka.email)).map(({ subject }) => subject)).toContain("Beseda administration key");
});

test("REG-11 a local server shows its letters on a page, as text", async () => {
  await (await applicant()).ask({ infoBaseName: "<b>Ромашка</b>" });
  const page = await door(`${origin}/local/mail`, { headers: { accept: "text/html" } });
  const text = await page.text();
  expect(page.headers.get("content-type")).toMatch(/text\/html/);
  expect(text).toContain(await codeTo(romashka.email));
  expect(text).toContain("&lt;b&gt;Ромашка");
  expect(text).not.toContain("<b>Ромашка");
});

test("REG-11 a deployed server has no such page", async () => {
  await (await applicant()).ask();
  const answer = await deployed(sending)(`${origin}/local/mail`);
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, "not_found"]);
});

test("REG-11 a registration needs the address of a server", async () => {
  for (const serverAddress of [undefined, "", "roses"] as unknown as string[])
    await expect(database().application.registerInfoBase({ ...entered, serverAddress })).rejects.toMatchObject({
      code: "validation",
      field: "serverAddress",
    });
});
