import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../../design/icons.tsx";
import { Badge } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import { Face } from "../people/person.tsx";
import { words } from "../words/words.ts";
import { type Place, pathOf, route } from "./route.ts";
import { useSite } from "./site.ts";

/** The main navigation. Its entries are always there: they can be neither closed nor moved. */
export function Rail({ onHelp }: { onHelp: () => void }) {
  const { list, centre, me } = useSite();
  useWatched(list, centre, route);
  const { name } = route.place;
  return (
    <nav class="rail" aria-label={words.places.navigation} data-region tabIndex={-1}>
      <Entry
        place={{ name: "conversations" }}
        label={words.places.conversations}
        icon="chats"
        isHere={name === "conversations" || name === "conversation"}
      >
        <Badge count={list.notified} label={words.list.waiting(list.notified)} />
      </Entry>
      <Entry
        place={{ name: "notifications" }}
        label={words.places.notifications}
        icon="bell"
        isHere={name === "notifications"}
      >
        <Badge count={centre.size} label={words.list.waiting(centre.size)} />
      </Entry>
      <span class="rail-space" />
      <button
        type="button"
        class="rail-entry only-wide"
        onClick={onHelp}
        title={words.places.help}
        aria-label={words.places.help}
      >
        <span class="rail-icon">
          <Icon name="help" />
        </span>
      </button>
      <Entry place={{ name: "profile" }} label={words.places.profile} isHere={name === "profile"}>
        <Face id={me.id} size="small" />
      </Entry>
    </nav>
  );
}

interface EntryProps {
  place: Place;
  label: string;
  icon?: IconName;
  isHere: boolean;
  children?: ComponentChildren;
}

function Entry({ place, label, icon, isHere, children }: EntryProps) {
  return (
    <a
      class="rail-entry"
      href={pathOf(place)}
      title={label}
      aria-current={isHere ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        route.go(place);
      }}
    >
      <span class="rail-icon">
        {icon && <Icon name={icon} />}
        {children}
      </span>
      <span class="rail-label">{label}</span>
    </a>
  );
}
