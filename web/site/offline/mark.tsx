import { Icon } from "../../design/icons.tsx";
import { useWatched } from "../../design/watched.ts";
import { useSite } from "../shell/site.ts";
import { clock, exact, words } from "../words/words.ts";

/** Says that the server is not heard, and of when is what one sees. */
export function OfflineMark() {
  const site = useSite();
  useWatched(site, site.connection);
  if (!site.connection.isShownLost) return null;
  return (
    <p class="connection" role="status">
      <Icon name="offline" />
      {textOf(site.seenAt)}
    </p>
  );
}

function textOf(seenAt: number | undefined): string {
  if (seenAt !== undefined) {
    const seen = new Date(seenAt);
    const isToday = seen.toDateString() === new Date().toDateString();
    return words.connection.seen(isToday ? clock(seen) : exact(seen));
  }
  return navigator.onLine ? words.connection.connecting : words.connection.offline;
}
