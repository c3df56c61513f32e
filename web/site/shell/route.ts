import { Watched } from "../../design/watched.ts";

/** Where in the site one is; each place has an address of its own. */
export type Place =
  | { name: "conversations" }
  | { name: "conversation"; id: string /** Number of a message to show. */; message?: number }
  | { name: "notifications" }
  | { name: "profile" };

export function placeOf(path: string): Place {
  const [first = "", id = "", message = ""] = path.split("/").filter(Boolean);
  if (first === "c" && id) {
    return { name: "conversation", id, ...(/^[1-9]\d{0,15}$/.test(message) && { message: Number(message) }) };
  }
  if (first === "notifications" || first === "profile") return { name: first };
  return { name: "conversations" };
}

export function pathOf(place: Place): string {
  if (place.name === "conversations") return "/";
  if (place.name !== "conversation") return `/${place.name}`;
  return `/c/${place.id}${place.message === undefined ? "" : `/${place.message}`}`;
}

/** The address line as something to watch. */
class Route extends Watched {
  place: Place = { name: "conversations" };

  start(): void {
    this.place = placeOf(location.pathname);
    addEventListener("popstate", () => {
      this.place = placeOf(location.pathname);
      this.changed();
    });
  }

  /** @param replaces stands in for the present place in the browser's history */
  go(place: Place, replaces = false): void {
    const path = pathOf(place);
    if (path !== location.pathname) history[replaces ? "replaceState" : "pushState"]({ within: true }, "", path);
    this.place = place;
    this.changed();
  }

  /** To where one came from, or to the list when one came from outside. */
  back(): void {
    if ((history.state as { within?: boolean } | null)?.within) history.back();
    else this.go({ name: "conversations" }, true);
  }
}

export const route = new Route();
