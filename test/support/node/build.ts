import { buildPages, buildSdk, buildWorker } from "../../../tools/build.ts";

/** What is tested from outside is what is deployed. */
export default async function setup(): Promise<void> {
  await Promise.all([buildWorker(), buildSdk(), buildPages()]);
}
