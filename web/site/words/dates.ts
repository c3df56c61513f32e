const dayMs = 86_400_000;

/** A formatter takes far longer to make than to use, and every message of a long page needs three. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatted(date: Date, locale: string, look: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([locale, look]);
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, look);
  formatters.set(key, formatter);
  return formatter.format(date);
}

const midnightOf = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** Calendar days between two moments, where the user is: 1 = yesterday. */
export const daysBetween = (date: Date, now: Date): number => Math.round((midnightOf(now) - midnightOf(date)) / dayMs);

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

const nearDay = (days: number, locale: string): string =>
  capital(new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day"));

export const clockOf = (date: Date, locale: string): string =>
  formatted(date, locale, { hour: "2-digit", minute: "2-digit" });

/** For a line between days: Today, Yesterday, Monday 12 May, 3 March 2024. */
export function dayOf(date: Date, now: Date, locale: string): string {
  const days = daysBetween(date, now);
  if (days === 0 || days === 1) return nearDay(days, locale);
  const isThisYear = date.getFullYear() === now.getFullYear();
  const look = isThisYear
    ? ({ weekday: "long", day: "numeric", month: "long" } as const)
    : ({ day: "numeric", month: "long", year: "numeric" } as const);
  return capital(formatted(date, locale, look));
}

/** For a row of a list, as short as it can be: 14:05, Yesterday, Mon, 12 May, 03/03/2024. */
export function shortOf(date: Date, now: Date, locale: string): string {
  const days = daysBetween(date, now);
  if (days <= 0) return clockOf(date, locale);
  if (days === 1) return nearDay(1, locale);
  if (days < 7) return capital(formatted(date, locale, { weekday: "short" }));
  if (date.getFullYear() === now.getFullYear()) return formatted(date, locale, { day: "numeric", month: "short" });
  return formatted(date, locale, { dateStyle: "short" });
}

/** The whole truth, shown while the pointer rests on a short form. */
export const exactOf = (date: Date, locale: string): string =>
  formatted(date, locale, { dateStyle: "full", timeStyle: "medium" });

/** Bytes as people say them. */
export function sizeOf(bytes: number, locale: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024)));
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[step],
    unitDisplay: "short",
    maximumFractionDigits: step < 2 ? 0 : 1,
  }).format(bytes / 1024 ** step);
}
