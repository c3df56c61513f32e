import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Application, type Collaboration, connect, type RegistrationState } from "beseda/server";

/** What `npm start` writes to `.local/demo.json`, as far as the samples use it. */
interface DemoFile {
  application: NonNullable<RegistrationState["record"]>;
  users: { id: string; infoBaseUserId: string; name: string; token: string }[];
}

/**
 * The running demo application «Ромашка», as the samples see it: its server part, and its people's programs.
 * The other samples take what they need as arguments; this file is only about who they run as.
 */
export class Demo {
  readonly application: Application;
  private readonly users: DemoFile["users"];
  private readonly connections: Collaboration[] = [];

  constructor(file = process.env.BESEDA_DEMO ?? join(import.meta.dirname, "../.local/demo.json")) {
    const { application, users } = JSON.parse(readFileSync(file, "utf8")) as DemoFile;
    this.users = users;
    this.application = new Application(
      { load: async () => ({ record: application }), save: async () => undefined },
      { rights: ["registerSystem", "dataAdministration"] },
    );
  }

  /** Id of a user by name: Анна, Борис or Вера. */
  id(name: string): string {
    const user = this.users.find((one) => one.name === name);
    if (user) return user.id;
    throw new Error(`There is no ${name} in the demo`);
  }

  /** A client program of a user. */
  client(name: string): Collaboration {
    const { token } = this.users.find((one) => one.name === name) ?? {};
    return this.keep(connect(() => token ?? ""));
  }

  /** Code on the application's server that acts as a user. */
  server(name: string): Collaboration {
    return this.keep(this.application.connectAs(this.id(name)));
  }

  /** Code on the application's server in privileged mode. */
  privileged(): Collaboration {
    return this.keep(this.application.connectPrivileged());
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }

  private keep(connection: Collaboration): Collaboration {
    this.connections.push(connection);
    return connection;
  }
}

/** Runs a sample when its file is the program that Node was started with, and ends its connections. */
export async function runIfMain(file: string, sample: (demo: Demo) => Promise<void>): Promise<void> {
  if (process.argv[1] !== file) return;
  const demo = new Demo();
  await sample(demo).finally(() => demo.close());
}
