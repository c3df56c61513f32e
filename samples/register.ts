import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Application, type RegistrationState, type RegistrationStore } from "beseda/server";

/** A registration kept in a file that only its owner may read: whoever has it is the application. */
export const fileStore = (file: string): RegistrationStore => ({
  load: async () => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as RegistrationState) : {}),
  save: async (state) => writeFileSync(file, JSON.stringify(state, null, 2), { mode: 0o600 }),
});

/**
 * Illustrates registering an application from the command line: a first call asks for a code, which comes by mail, and a
 * second one brings it. It demonstrates a feature and is not a finished tool.
 * @param askForCode asks the person who reads the subscriber's mail
 * @returns the id that the application got, for ever
 * @throws Error with a text for the person when the registration is not completed
 */
export async function register(
  store: RegistrationStore,
  parameters: { serverAddress: string; email: string; infoBaseName: string },
  askForCode: (messageText: string) => Promise<string>,
): Promise<string> {
  const application = new Application(store, { rights: ["registerSystem"] });
  const whole = { ...parameters, userCount: 1 };
  const first = await application.registerInfoBase(whole);
  if (first.requestId === undefined) throw new Error(first.messageText);
  const activationCode = await askForCode(first.messageText);
  const { registrationCompleted, messageText } = await application.registerInfoBase({ ...whole, activationCode });
  if (!registrationCompleted) throw new Error(messageText);
  return (await store.load()).applicationId ?? "";
}

if (process.argv[1] === import.meta.filename) {
  const [, , serverAddress, email, infoBaseName, file = "registration.json"] = process.argv;
  if (!serverAddress || !email || !infoBaseName) {
    console.error("Usage: node samples/register.ts <server address> <e-mail> <name of the application> [file]");
    process.exit(2);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const ask = (messageText: string) => terminal.question(`${messageText}\nCode: `);
    const id = await register(fileStore(file), { serverAddress, email, infoBaseName }, ask);
    console.log(`Registered as ${id}; the keys are in ${file}.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    terminal.close();
  }
}
