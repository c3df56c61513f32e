import type { Scope } from "beseda/server";

/** Somebody who works at Ромашка, as the application knows them. */
export interface Employee {
  infoBaseUserId: string;
  name: string;
  fullName: string;
  /** Objects that this person may read. */
  contexts: string[];
  scopes?: Scope[];
}

/** The demo application's people, the same cast as in tests and documents. */
export const people: readonly Employee[] = [
  {
    infoBaseUserId: "a11a0000-0000-4000-8000-000000000001",
    name: "Анна",
    fullName: "Анна Ивановна Белова",
    contexts: ["/orders/*"],
    scopes: ["dataAdministration", "registerSystem"],
  },
  {
    infoBaseUserId: "b0b00000-0000-4000-8000-000000000002",
    name: "Борис",
    fullName: "Борис Петрович Громов",
    contexts: ["/orders/*"],
  },
  {
    infoBaseUserId: "5e5a0000-0000-4000-8000-000000000003",
    name: "Вера",
    fullName: "Вера Сергеевна Дымова",
    contexts: ["/orders/1042"],
  },
];

/** Nobody: in this name the application itself answers. */
export const informant = "1f0a0000-0000-4000-8000-000000000007";

/** Colleagues who are there to be talked to; scripts know nothing of them. */
export const colleagues = [
  { infoBaseUserId: "61eb0000-0000-4000-8000-000000000004", name: "Глеб", fullName: "Глеб Андреевич Жуков" },
  { infoBaseUserId: "da5a0000-0000-4000-8000-000000000005", name: "Дарья", fullName: "Дарья Олеговна Ильина" },
  { infoBaseUserId: "01e60000-0000-4000-8000-000000000006", name: "Олег", fullName: "Олег Викторович Кузин" },
  { infoBaseUserId: informant, name: "Справочная", fullName: "Справочная Ромашки" },
] as const;

/** May this person read the object behind a navigation URL? What the tokens say, decided for the application itself. */
export const mayRead = ({ contexts }: Employee, url: string): boolean =>
  contexts.some((context) => (context.endsWith("*") ? url.startsWith(context.slice(0, -1)) : url === context));
