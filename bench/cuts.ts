import { Server } from "../test/support/node/server.ts";
import { ResumeHarness, type ResumeReport } from "../test/support/resume/harness.ts";

export const defaults = { cuts: 1_000, seed: 1 };

/** Cuts in one conversation: its log must fit into one resume, to be compared with what readers have. */
const cutsInRoom = 100;

/** Breaks connections at random bytes and says what readers missed or got twice: nothing, or what. */
export async function cut({ cuts, seed }: typeof defaults): Promise<void> {
  const server = await new Server().start();
  const harness = await ResumeHarness.open(server, seed);
  say("by hand", await inRooms(cuts, (some) => harness.byHand(some)));
  say("by SDK", await inRooms(cuts, (some) => harness.bySdk(some)));
  await server.stop();
}

async function inRooms(cuts: number, follow: (cuts: number) => Promise<ResumeReport>): Promise<ResumeReport> {
  const whole: ResumeReport = { cuts: 0, events: 0, complaints: [] };
  while (whole.cuts < cuts) {
    const { cuts: done, events, complaints } = await follow(Math.min(cutsInRoom, cuts - whole.cuts));
    whole.cuts += done;
    whole.events += events;
    whole.complaints.push(...complaints);
  }
  return whole;
}

function say(reader: string, { cuts, events, complaints }: ResumeReport): void {
  for (const complaint of complaints.slice(0, 10)) console.log(`  ${complaint}`);
  console.log(JSON.stringify({ bench: "cuts", reader, cuts, events, complaints: complaints.length }));
  if (complaints.length > 0) process.exitCode = 1;
}
