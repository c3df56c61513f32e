import { expect } from "vitest";
import { ServerInformation } from "../../../src/protocol/server.ts";
import { origin } from "../../support/workers/door.ts";
import { deployed, sent, upload } from "../../support/workers/files.ts";
import { shaped } from "../../support/workers/shapes.ts";
import { test } from "../../support/workers/world.ts";

test.for([
  ["with a bucket", {}, true],
  ["without one", { ATTACHMENTS: undefined }, false],
] as const)("ATT-2 the server tells whether files can be attached: %s", async ([, variables, expected]) => {
  const answer = await deployed({ ...variables, ATTACHMENT_BYTES: "1000" })(`${origin}/api/v1/server`);
  expect(shaped(ServerInformation, await answer.json())).toMatchObject({
    attachmentsSupported: expected,
    attachmentBytes: 1_000,
  });
});

test("ATT-1 without file storage every attempt is not_supported, and all else works", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const message = await sent(anna, id);
  const through = deployed({ ATTACHMENTS: undefined });
  const { status, body } = await upload(anna, id, {}, through);
  expect([status, body.code]).toEqual([422, "not_supported"]);
  expect(body.nextStep).toMatch(/operator/);
  const headers = { authorization: `Bearer ${anna.token}` };
  const link = `/api/v1/messages/${message.id}/attachments/${message.attachments[0].id}/link`;
  expect((await through(`${origin}${link}`, { headers })).status).toBe(422);
  expect((await through(`${origin}/api/v1/messages/${message.id}`, { headers })).status).toBe(200);
});
