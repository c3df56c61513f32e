import { Server } from "../test/support/node/server.ts";
import { ResumeHarness, type ResumeReport } from "../test/support/resume/harness.ts";

export const defaults = { cuts: 1_000, seed: 1 };

/** Breaks connections at random bytes and says what readers missed or got twice: nothing, or what. */
export async function cut({ cuts, seed }: typeof defaults): Promise<void> {
  const server = await new Server().start();
  const harness = await ResumeHarness.open(server, seed);
  say("by hand", await harness.byHand(cuts));
  say("by SDK", await harness.bySdk(cuts));
  await server.stop();
}

function say(reader: string, { cuts, events, complaints }: ResumeReport): void {
  for (const complaint of complaints.slice(0, 10)) console.log(`  ${complaint}`);
  console.log(JSON.stringify({ bench: "cuts", reader, cuts, events, complaints: complaints.length }));
  if (complaints.length > 0) process.exitCode = 1;
}
