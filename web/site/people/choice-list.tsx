import { Icon } from "../../design/icons.tsx";
import { useWatched } from "../../design/watched.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";
import type { Choice } from "./choice.ts";
import type { Entry } from "./chosen.ts";
import { Face } from "./person.tsx";

/** Lines of a drop-down: the entries, and "Show all" where there is a picker. */
export const linesOf = (choice: Choice | undefined): number =>
  choice ? choice.entries.length + (choice.form ? 1 : 0) : 0;

interface Props {
  id: string;
  choice: Choice | undefined;
  active: number;
  label: string;
  opensUp?: boolean;
  /** @param index of the line; the one behind the entries is "Show all" */
  onPick: (index: number) => void;
}

/** The drop-down at a field, which keeps the focus and has the keys. */
export function ChoiceList({ id, choice, active, label, opensUp, onPick }: Props) {
  const { entries = [], form } = choice ?? {};
  const line = (index: number) => ({
    id: `${id}-${index}`,
    role: "option" as const,
    tabIndex: -1,
    "aria-selected": index === active,
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onClick: () => onPick(index),
  });
  const look = opensUp ? "suggestions up" : "suggestions";
  return (
    <div class={look} id={id} role="listbox" aria-label={label} hidden={linesOf(choice) === 0}>
      {entries.map((entry, index) => (
        <div key={index} {...line(index)}>
          <EntryLine entry={entry} />
        </div>
      ))}
      {form && (
        <div {...line(entries.length)} class="show-all">
          {words.people.showAll}
        </div>
      )}
    </div>
  );
}

/** Picture and label of an entry: its own, or those of its users. */
function EntryLine({ entry }: { entry: Entry }) {
  const { people } = useSpeaker();
  useWatched(people);
  const { type, users, picture, label } = entry;
  const names = users.map((id) => people.of(id)?.fullName || people.nameOf(id)).join(", ");
  return (
    <>
      {picture !== undefined ? (
        <img class="entry-picture" src={picture} alt="" />
      ) : type === "user" ? (
        <Face id={users[0] ?? ""} size="small" />
      ) : (
        <span class="avatar-like small">
          <Icon name={type === "group" ? "people" : "bellOff"} />
        </span>
      )}
      <span class="cut">{label ?? (type === "nobody" ? words.composer.notifyNobody : names)}</span>
    </>
  );
}
