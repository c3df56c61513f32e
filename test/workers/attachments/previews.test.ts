import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { limits } from "../../../src/protocol/limits.ts";
import { door, origin } from "../../support/workers/door.ts";
import { alarm, deployed, kept, sent, uploaded } from "../../support/workers/files.ts";
import { avif, gif, jpeg, png, webp } from "../../support/workers/pictures.ts";
import { type Caller, test } from "../../support/workers/world.ts";

const picture = { name: "ворота.jpg", content: jpeg(4_000, 3_000) };

/** Gives an upload a preview, and returns the whole answer. */
async function preview(
  caller: Caller,
  conversation: string,
  id: string,
  bytes: Uint8Array,
  through: typeof fetch = door,
) {
  const answer = await through(`${origin}/api/v1/conversations/${conversation}/attachments/${id}/preview`, {
    method: "PUT",
    headers: { authorization: `Bearer ${caller.token}`, "content-type": "image/jpeg" },
    body: bytes as BodyInit,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const uploadedBytes = async (application: string) =>
  (await env.DIRECTORY.prepare("SELECT uploaded FROM traffic WHERE application = ?").bind(application).first())
    ?.uploaded;

test("ATT-3 a picture goes with a small one of it, which its readers get by a link of its own", async ({ world }) => {
  const { anna, boris } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const upload = await uploaded(anna, id, picture);
  const small = jpeg(640, 480);
  const { status, body } = await preview(anna, id, upload.id, small);
  expect([status, body]).toEqual([200, { ...upload, previewSize: small.length }]);
  const message = await anna.say(id, "", { attachments: [upload.id] });
  expect(message.attachments).toEqual([body]);
  const link = (await boris.get(`/messages/${message.id}/attachments/${upload.id}/link`)).body;
  const answer = await door(link.preview);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(small);
  expect([answer.headers.get("content-type"), answer.headers.get("content-security-policy")]).toEqual([
    "image/jpeg",
    "sandbox; default-src 'none'",
  ]);
  const whole = await door(link.url);
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(picture.content);
  expect(whole.headers.get("etag")).not.toBe(answer.headers.get("etag"));
  // One cannot be made of the other: the signature is over both.
  expect((await door(link.url.replace(upload.id, `${upload.id}-preview`))).status).toBe(404);
  expect((await door(link.preview.replace("-preview", ""))).status).toBe(404);
});

test("ATT-3 with its message a picture's preview is removed, and with an upload that nobody posts", async ({
  world,
}) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const upload = await uploaded(anna, id, picture);
  await preview(anna, id, upload.id, jpeg(640, 480));
  const message = await anna.say(id, "", { attachments: [upload.id] });
  expect(await kept()).toHaveLength(2);
  await anna.delete(`/messages/${message.id}`);
  await alarm(id);
  expect(await kept()).toEqual([]);
});

test("ATT-5 the bytes of a preview count, once however often it is sent", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const upload = await uploaded(anna, id, picture);
  const before = Number(await uploadedBytes(world.id));
  const small = jpeg(640, 480);
  for (let time = 0; time < 2; time++) expect((await preview(anna, id, upload.id, small)).status).toBe(200);
  expect(await uploadedBytes(world.id)).toBe(before + small.length);
  expect((await preview(anna, id, upload.id, jpeg(640, 480, 1))).body.code).toBe("conflict");
  expect(await uploadedBytes(world.id)).toBe(before + small.length);
  const other = await uploaded(anna, id, picture);
  const full = deployed({ UPLOAD_BYTES_PER_DAY: String(Number(await uploadedBytes(world.id)) + small.length - 1) });
  expect((await preview(anna, id, other.id, small, full)).status).toBe(429);
  expect((await kept()).filter((key) => key.endsWith("-preview"))).toHaveLength(1);
});

test("a preview is a small still picture of the form of its own, told by its bytes", async ({ world }) => {
  const { anna } = world;
  const { id } = await anna.converse({});
  const moving = webp.extended(640, 480);
  moving[20] = 2;
  const padded = new Uint8Array(limits.previewBytes + 1);
  padded.set(jpeg(640, 480));
  const refused: [name: string, bytes: Uint8Array, code: string][] = [
    ["nothing", new Uint8Array(), "validation"],
    ["markup", new TextEncoder().encode("<svg onload=alert(1)>"), "validation"],
    ["a PNG, which may move", png(640, 480), "validation"],
    ["a GIF", gif(640, 480), "validation"],
    ["an AVIF", avif(), "validation"],
    ["a WebP that moves", moving, "validation"],
    ["too wide", jpeg(641, 480), "validation"],
    ["another form", jpeg(480, 640), "validation"],
    ["a part of it", jpeg(640, 300), "validation"],
    ["no size", jpeg(0, 0), "validation"],
    ["too many bytes", padded, "limit_exceeded"],
  ];
  const upload = await uploaded(anna, id, picture);
  for (const [name, bytes, code] of refused)
    expect((await preview(anna, id, upload.id, bytes)).body.code, name).toBe(code);
  for (const good of [jpeg(640, 480), jpeg(480, 640, 6), jpeg(4, 3), webp.lossy(639, 479), webp.extended(640, 480)])
    expect((await preview(anna, id, (await uploaded(anna, id, picture)).id, good)).status).toBe(200);
  const narrow = await uploaded(anna, id, { name: "a.png", content: png(20_000, 11) });
  expect((await preview(anna, id, narrow.id, webp.lossless(640, 1))).status).toBe(200);
  const tiny = await uploaded(anna, id, { name: "a.png", content: png(20, 10) });
  expect((await preview(anna, id, tiny.id, jpeg(40, 20))).body.code).toBe("validation");
  const text = await uploaded(anna, id);
  expect((await preview(anna, id, text.id, jpeg(640, 480))).body.code).toBe("not_supported");
});

test("only its uploader gives a picture a preview, and only before it is posted", async ({ world }) => {
  const { anna, boris, vera } = world;
  const { id } = await anna.converse({ members: [boris.id] });
  const upload = await uploaded(anna, id, picture);
  for (const other of [boris, vera])
    expect((await preview(other, id, upload.id, jpeg(640, 480))).body.code).toBe("not_found");
  const message = await sent(anna, id, picture);
  expect((await preview(anna, id, message.attachments[0].id, jpeg(640, 480))).body.code).toBe("not_found");
  expect(await kept()).toHaveLength(2);
});
