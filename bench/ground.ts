import { Application, type RegistrationState } from "beseda/server";

/** People and conversations to measure with, made by the promised way. */
export interface Ground {
  application: Application;
  origin: string;
  users: { id: string; infoBaseUserId: string; token: string }[];
}

export async function prepareGround(origin: string, size: number): Promise<Ground> {
  let state: RegistrationState = {};
  const store = {
    load: async () => state,
    save: async (next: RegistrationState) => {
      state = next;
    },
  };
  const application = new Application(store, { rights: ["registerSystem", "dataAdministration"] });
  const parameters = {
    serverAddress: origin,
    email: `bench${Math.random()}@romashka.example`,
    infoBaseName: "Ромашка",
    userCount: size,
  };
  await application.registerInfoBase(parameters);
  const mail = (await (await fetch(`${origin}/local/mail?to=${parameters.email}`)).json()) as {
    items: { text: string }[];
  };
  const activationCode = /: (\d{8})/.exec(mail.items[0]?.text ?? "")?.[1] as string;
  await application.registerInfoBase({ ...parameters, activationCode });
  return { application, origin, users: await crowd(application, size) };
}

async function crowd(application: Application, size: number): Promise<Ground["users"]> {
  const privileged = application.connectPrivileged();
  const people = Array.from({ length: size }, (_, i) => ({
    infoBaseUserId: `c0000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
    name: `Человек ${i}`,
  }));
  const users: Ground["users"] = [];
  for (let i = 0; i < size; i += 200) {
    for (const { user } of await privileged.createUsers(people.slice(i, i + 200))) {
      const person = people[users.length] as (typeof people)[number];
      users.push({
        id: user.id,
        infoBaseUserId: person.infoBaseUserId,
        token: await application.mintUserToken({ ...person, seconds: 12 * 3600 }),
      });
    }
  }
  privileged.close();
  return users;
}
