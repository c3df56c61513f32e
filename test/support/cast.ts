/** The people of every test, document and demo. Анна administers, Борис and Вера work, Клим is from outside. */
export const cast = {
  anna: { infoBaseUserId: "a11a0000-0000-4000-8000-000000000001", name: "Анна", fullName: "Анна Ивановна Белова" },
  boris: { infoBaseUserId: "b0b00000-0000-4000-8000-000000000002", name: "Борис", fullName: "Борис Петрович Громов" },
  vera: { infoBaseUserId: "5e5a0000-0000-4000-8000-000000000003", name: "Вера", fullName: "Вера Сергеевна Дымова" },
} as const;

export const klim = { name: "Клим", emailForAuthentication: "klim@outside.example" } as const;

/** The demo application and its subscriber's address. */
export const romashka = { infoBaseName: "Ромашка", email: "anna@romashka.example" } as const;
