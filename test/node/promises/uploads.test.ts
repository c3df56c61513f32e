import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prepareGround } from "../../../bench/ground.ts";
import { Server } from "../../support/node/server.ts";
import { Talker } from "../../support/node/talk.ts";

const most = 4_000_000;
const server = new Server({ variables: { ATTACHMENT_BYTES: String(most), UPLOAD_BYTES_PER_DAY: String(most) } });
let conversation = "";
let token = "";

beforeAll(async () => {
  await server.start();
  const { users } = await prepareGround(server.origin, 1);
  token = users[0]?.token ?? "";
  const { id } = await new Talker(server.origin, token).request<{ id: string }>("POST", "/conversations", {});
  conversation = id;
});
afterAll(() => server.stop());

function upload(body: BodyInit, size?: number, signal?: AbortSignal): Promise<Response> {
  const query = size === undefined ? "" : `&size=${size}`;
  const init = {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body,
    duplex: "half",
    ...(signal && { signal }),
  };
  return fetch(`${server.origin}/api/v1/conversations/${conversation}/attachments?name=a.bin${query}`, init);
}

test("ATT-4 a file that is too large is refused over the network, and its sender reads why", async () => {
  const answer = await upload(new Blob([new Uint8Array(most + 1)]));
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ code: "limit_exceeded", field: "size" });
});

test("ATT-4 a stream longer than it says is refused over the network", async () => {
  const answer = await upload(new Blob([new Uint8Array(most)]).stream(), most - 1).catch(() => undefined);
  // The connection may end before all of it has left.
  expect(answer?.status ?? 400).toBe(400);
});

test("R15 who hangs up in the middle of a file has used up nothing of the day", async () => {
  const stop = new AbortController();
  let sent = 0;
  const half = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= most / 2) return stop.abort();
      sent += 100_000;
      controller.enqueue(new Uint8Array(100_000));
    },
  });
  await expect(upload(half, most, stop.signal)).rejects.toMatchObject({ name: "AbortError" });
  await vi.waitFor(async () => expect((await upload(new Blob([new Uint8Array(most)]))).status).toBe(201), {
    timeout: 20_000,
    interval: 200,
  });
  expect((await upload("1")).status).toBe(429);
});
