import {
  Application,
  type Collaboration,
  type ConnectOptions,
  connect,
  type RegistrationState,
  type TokenClaims,
} from "beseda/server";
import { cast, romashka } from "../cast.ts";

type Claims = Omit<TokenClaims, "infoBaseUserId" | "name" | "fullName">;

/** A user of the application, whose programs connect each for itself. */
export class Person {
  readonly id: string;
  readonly infoBaseUserId: string;
  readonly name: string;
  /** One program of this user, for whatever needs no program of its own. */
  readonly beseda: Collaboration;
  private readonly world: World;

  constructor(world: World, id: string, person: { infoBaseUserId: string; name: string }) {
    this.world = world;
    this.id = id;
    this.infoBaseUserId = person.infoBaseUserId;
    this.name = person.name;
    this.beseda = this.open();
  }

  get origin(): string {
    return this.world.origin;
  }

  /** An address that signs a browser in to the site, once. */
  async signInAddress(claims: Claims = {}): Promise<string> {
    const { infoBaseUserId, name } = this;
    return (await this.world.application.createSessionCode({ infoBaseUserId, name, ...claims })).address;
  }

  token(claims: Claims = {}): Promise<string> {
    return this.world.application.mintUserToken({ infoBaseUserId: this.infoBaseUserId, name: this.name, ...claims });
  }

  /** Starts another program of this user. It ends with the world. */
  open(options: ConnectOptions = {}, claims: Claims = {}): Collaboration {
    return this.world.keep(connect(() => this.token(claims), { onError: () => undefined, ...options }));
  }
}

/** An application with its people on a running server, reached through the packages `beseda/client` and `beseda/server`. */
export class World {
  readonly origin: string;
  readonly application: Application;
  anna!: Person;
  boris!: Person;
  vera!: Person;
  /** The application's own server in privileged mode. */
  readonly privileged: Collaboration;
  private readonly connections: Collaboration[] = [];

  constructor(origin: string, application: Application) {
    this.origin = origin;
    this.application = application;
    this.privileged = this.keep(application.connectPrivileged());
  }

  /** A program that ends with the world. */
  keep(connection: Collaboration): Collaboration {
    this.connections.push(connection);
    return connection;
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }
}

const memoryStore = () => {
  let state: RegistrationState = {};
  return {
    load: async () => state,
    save: async (next: RegistrationState) => {
      state = next;
    },
  };
};

let applications = 0;

/** Registers an application by the promised way, mail included, with an address of its own. */
export async function register(
  origin: string,
  options: ConstructorParameters<typeof Application>[1] = {},
): Promise<Application> {
  const application = new Application(memoryStore(), { rights: ["registerSystem", "dataAdministration"], ...options });
  const email = `anna-${process.pid}-${++applications}@romashka.example`;
  const parameters = {
    serverAddress: origin,
    infoBaseName: romashka.infoBaseName,
    email,
    userCount: 3,
    administrator: cast.anna,
  };
  await application.registerInfoBase(parameters);
  const letters = await fetch(`${origin}/local/mail?to=${encodeURIComponent(email)}`);
  const { items } = (await letters.json()) as { items: { text: string }[] };
  const activationCode = /: (\d{8})/.exec(items[0]?.text ?? "")?.[1] ?? "";
  const { registrationCompleted, messageText } = await application.registerInfoBase({ ...parameters, activationCode });
  if (!registrationCompleted) throw new Error(messageText);
  return application;
}

export async function openWorld(origin: string): Promise<World> {
  const world = new World(origin, await register(origin));
  const people = [cast.anna, cast.boris, cast.vera];
  const made = await world.privileged.createUsers(people);
  const [anna, boris, vera] = people.map((person, index) => new Person(world, made[index]?.user.id ?? "", person));
  return Object.assign(world, { anna, boris, vera });
}
