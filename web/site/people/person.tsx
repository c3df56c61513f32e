import { Avatar } from "../../design/avatar.tsx";
import { Icon } from "../../design/icons.tsx";
import { useWatched } from "../../design/watched.ts";
import { useSite } from "../shell/site.ts";
import { words } from "../words/words.ts";

/** The mark of a blocked person, wherever that person is shown. */
export function BlockedMark() {
  return (
    <span class="blocked-mark" role="img" aria-label={words.people.blocked} title={words.people.blocked}>
      <Icon name="blocked" />
    </span>
  );
}

/** A person's name, with the mark of a blocked one. */
export function PersonName({ id, isYou = false }: { id: string; isYou?: boolean }) {
  const { people, me } = useSite();
  useWatched(people);
  const user = people.of(id);
  return (
    <>
      <span class="cut">
        {people.nameOf(id)}
        {isYou && id === me.id && <span class="quiet"> · {words.people.you}</span>}
      </span>
      {user?.isLocked && <BlockedMark />}
    </>
  );
}

export function Face({ id, size }: { id: string; size?: "small" | "large" }) {
  const { people } = useSite();
  useWatched(people);
  return <Avatar id={id} name={people.nameOf(id)} picture={people.of(id)?.picture} {...(size && { size })} />;
}
