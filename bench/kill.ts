import { KillHarness } from "../test/support/kill/harness.ts";

export const defaults = { kills: 50, seconds: 6, seed: 1 };

/** Kills the server again and again under load and says what was lost: nothing, or what. */
export async function kill({ kills, seconds, seed }: typeof defaults): Promise<void> {
  const harness = await KillHarness.open(seed);
  const total = { acknowledged: 0, unanswered: 0, complaints: 0 };
  for (let round = 1; round <= kills; round++) {
    const { acknowledged, unanswered, complaints } = await harness.round(seconds);
    total.acknowledged += acknowledged;
    total.unanswered += unanswered;
    total.complaints += complaints.length;
    console.log(
      `kill ${round}: ${acknowledged} acknowledged, ${unanswered} unanswered, ${complaints.length} lost or wrong`,
    );
    for (const complaint of complaints.slice(0, 10)) console.log(`  ${complaint}`);
  }
  await harness.close();
  console.log(JSON.stringify({ bench: "kill", kills, seed, ...total }));
  process.exitCode = total.complaints === 0 ? 0 : 1;
}
