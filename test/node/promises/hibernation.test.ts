import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { prepareGround } from "../../../bench/ground.ts";
import { buildMetered } from "../../../bench/metered.ts";
import { Server } from "../../support/node/server.ts";
import { Talker } from "../../support/node/talk.ts";

/** A conversation's last alarm comes at most so long after its last message. */
const alarmMs = 7_000;
/** The platform puts an object to sleep ten seconds after its last work. */
const idleMs = 15_000;

/** Which of some readers has heard which texts. */
class Readers {
  private readonly heard = new Map<string, Set<number>>();
  private check: () => void = () => undefined;

  hear(reader: number, texts: (string | undefined)[]): void {
    for (const text of texts)
      if (text !== undefined) this.heard.set(text, (this.heard.get(text) ?? new Set()).add(reader));
    this.check();
  }

  all(text: string, readers: number): Promise<void> {
    return new Promise((resolve) => {
      this.check = () => (this.heard.get(text)?.size ?? 0) >= readers && resolve();
      this.check();
    });
  }
}

test("R19 after fifteen idle seconds the objects were evicted, and every socket still works", async () => {
  const server = await new Server({ bundle: buildMetered() }).start();
  try {
    const { users } = await prepareGround(server.origin, 3);
    const people = users.map(({ id, token }) => ({ id, talker: new Talker(server.origin, token) }));
    const [anna] = people as [(typeof people)[number]];
    const { id } = await anna.talker.request<{ id: string }>("POST", "/conversations", {
      members: people.map((person) => person.id),
    });
    const [inConversation, inInbox] = [new Readers(), new Readers()];
    const lines = await Promise.all(
      people.map(({ talker }, reader) =>
        talker.line(`/conversations/${id}/live`, (frame) => {
          if (frame.type !== "events") return;
          inConversation.hear(
            reader,
            frame.events.map((event) => ("message" in event ? event.message.text : undefined)),
          );
        }),
      ),
    );
    for (const [reader, { talker }] of people.entries())
      await talker.line("/live", (frame) => {
        if (frame.type === "activity")
          inInbox.hear(
            reader,
            frame.activity.messages.map(({ text }) => text),
          );
      });
    await anna.talker.request("POST", `/conversations/${id}/messages`, { text: "до сна" });
    await inConversation.all("до сна", people.length);

    await pause(alarmMs + idleMs);
    await anna.talker.request("GET", "/meter");
    for (const [index, line] of lines.entries()) {
      await line.ask({ type: "post", message: { text: `после сна ${index}` } });
      await inConversation.all(`после сна ${index}`, people.length);
      // Who writes is not told of it.
      await inInbox.all(`после сна ${index}`, people.length - 1);
    }
    const { objects } = await anna.talker.request<{ objects: Record<string, { wakes: number }> }>("GET", "/meter");
    expect(objects[id]?.wakes).toBe(1);
    const asleep = Object.entries(objects).filter(([name, { wakes }]) => name !== id && wakes === 1);
    expect(asleep.length).toBeGreaterThan(0);
  } finally {
    await server.stop();
  }
});
