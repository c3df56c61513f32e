import { test as base } from "vitest";
import { privilegedHeader } from "../../../src/protocol/wire.ts";
import { Application, type Scope } from "../../../src/sdk/server/application.ts";
import type { RegistrationState, RegistrationStore } from "../../../src/sdk/server/registration.ts";
import { cast, romashka } from "../cast.ts";
import { type Answer, call, door, origin } from "./door.ts";
import { connectLine, type Line } from "./line.ts";

/** Somebody with a token: calls routes, opens sockets. */
export class Caller {
  readonly token: string;
  readonly headers: Record<string, string>;

  constructor(token: string, headers: Record<string, string> = {}) {
    this.token = token;
    this.headers = headers;
  }

  get = (path: string): Promise<Answer> => call("GET", path, this.token, undefined, this.headers);
  post = (path: string, body?: unknown): Promise<Answer> => call("POST", path, this.token, body, this.headers);
  put = (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    call("PUT", path, this.token, body, { ...this.headers, ...headers });
  patch = (path: string, body?: unknown): Promise<Answer> => call("PATCH", path, this.token, body, this.headers);
  delete = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    call("DELETE", path, this.token, undefined, { ...this.headers, ...headers });

  /** Says something in a conversation and returns the message. */
  async say(conversation: string, text: string, more: object = {}) {
    const answer = await this.post(`/conversations/${conversation}/messages`, { text, ...more });
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Creates a conversation and returns it. */
  async converse(draft: object) {
    const answer = await this.post("/conversations", draft);
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Opens a socket; a refusal is an error with the problem's code. */
  async line(path: string): Promise<Line> {
    const { line, problem, status } = await connectLine(path, this.token, this.headers);
    if (line) return line;
    throw Object.assign(new Error(`${status} ${problem?.detail}`), { code: problem?.code });
  }

  live = (conversation: string, query = ""): Promise<Line> =>
    this.line(`/conversations/${encodeURIComponent(conversation)}/live${query}`);
  inbox = (): Promise<Line> => this.line("/live");

  /** What the user has not seen, conversation by conversation. */
  async notified(): Promise<Record<string, number>> {
    const { body } = await this.get("/notifications");
    return Object.fromEntries(
      body.items.map((item: { conversationId: string; count: number }) => [item.conversationId, item.count]),
    );
  }
}

/** A user of the cast. */
export class Person extends Caller {
  readonly id: string;
  readonly infoBaseUserId: string;
  readonly name: string;

  constructor(id: string, person: { infoBaseUserId: string; name: string }, token: string) {
    super(token);
    this.id = id;
    this.infoBaseUserId = person.infoBaseUserId;
    this.name = person.name;
  }
}

export const memoryStore = (): RegistrationStore & { state: RegistrationState } => {
  const store = {
    state: {} as RegistrationState,
    load: async () => store.state,
    save: async (state: RegistrationState) => {
      store.state = state;
    },
  };
  return store;
};

/** Letters to an address, newest first. */
export async function lettersTo(address: string): Promise<{ subject: string; text: string }[]> {
  return (await call("GET", `/local/mail?to=${encodeURIComponent(address)}`)).body.items;
}

export const codeIn = (text: string): string => /: (\d{8})/.exec(text)?.[1] ?? "";

/** Registers an application by the promised way, mail included. */
export async function registered(
  parameters: { infoBaseName: string; email: string; administrator?: { infoBaseUserId: string; name: string } },
  store = memoryStore(),
) {
  const application = new Application(store, { rights: ["registerSystem", "dataAdministration"], fetch: door });
  const whole = { serverAddress: origin, userCount: 3, ...parameters };
  await application.registerInfoBase(whole);
  const [letter] = await lettersTo(parameters.email);
  const result = await application.registerInfoBase({ ...whole, activationCode: codeIn(letter?.text ?? "") });
  if (!result.registrationCompleted) throw new Error(result.messageText);
  return { application, store };
}

export interface PersonOptions {
  scopes?: Scope[];
  contexts?: string[];
}

/** An application with its people, as most tests need it. */
export class World {
  readonly application: Application;
  readonly store: ReturnType<typeof memoryStore>;
  anna!: Person;
  boris!: Person;
  vera!: Person;
  /** The application's own server in privileged mode, and without. */
  privileged!: Caller;
  plain!: Caller;

  constructor(application: Application, store: ReturnType<typeof memoryStore>) {
    this.application = application;
    this.store = store;
  }

  get id(): string {
    return this.store.state.record?.applicationId ?? "";
  }

  /** A user with a token of its own; made in Beseda at the first call. */
  async person(
    person: { infoBaseUserId: string; name: string; fullName?: string },
    options: PersonOptions = {},
  ): Promise<Person> {
    const token = await this.application.mintUserToken({ ...person, ...options });
    const { body } = await call("GET", "/users/me", token);
    return new Person(body.id, person, token);
  }

  /** The same user with other claims. */
  again(person: Person, options: PersonOptions): Promise<Person> {
    return this.person({ infoBaseUserId: person.infoBaseUserId, name: person.name, fullName: person.name }, options);
  }

  async as(user: string, claims: { scopes?: Scope[]; contexts?: string[] } = {}): Promise<Caller> {
    return new Caller(await this.application.mintApplicationToken({ act: user, ...claims }));
  }

  /** As many users as a test needs, named by number. */
  async crowd(size: number, options: PersonOptions = {}): Promise<Person[]> {
    const people = Array.from({ length: size }, (_, i) => ({
      infoBaseUserId: `c0000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
      name: `Человек ${i}`,
    }));
    const crowd: Person[] = [];
    for (let i = 0; i < size; i += 200) {
      const users = people.slice(i, i + 200);
      const { body } = await this.privileged.post("/user-batches", { users });
      for (const [index, person] of users.entries()) {
        crowd.push(
          new Person(
            body.items[index].user.id,
            person,
            await this.application.mintUserToken({ ...person, ...options }),
          ),
        );
      }
    }
    return crowd;
  }
}

export async function openWorld(parameters: { infoBaseName: string; email: string } = romashka): Promise<World> {
  const { application, store } = await registered({ ...parameters, administrator: cast.anna });
  const world = new World(application, store);
  world.privileged = new Caller(
    await application.mintApplicationToken({ privileged: true, scopes: ["registerSystem"] }),
    { [privilegedHeader]: "1" },
  );
  world.plain = new Caller(await application.mintApplicationToken());
  world.anna = await world.person(cast.anna);
  world.boris = await world.person(cast.boris);
  world.vera = await world.person(cast.vera);
  return world;
}

/** Another company, whose people must never see anything of Ромашка's. */
export const openStrangers = (): Promise<World> =>
  openWorld({ infoBaseName: "Василёк", email: "zoya@vasilek.example" });

export const test = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to find what a fixture needs
  world: async ({}, use) => {
    await use(await openWorld());
  },
});
