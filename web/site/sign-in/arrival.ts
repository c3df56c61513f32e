/** What an address may bring along: a one-use code and the application it is for. */
export interface Arrival {
  code: string | undefined;
  application: string | undefined;
}

/** Reads the fragment of an address. */
export function arrivalOf(fragment: string): Arrival {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  return { code: fields.get("code") ?? undefined, application: fields.get("application") ?? undefined };
}
