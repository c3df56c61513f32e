import type { User } from "../../../src/sdk/client/index.ts";
import { Avatar } from "../../design/avatar.tsx";
import { Icon } from "../../design/icons.tsx";
import { useWatched } from "../../design/watched.ts";
import { useSpeaker } from "../shell/speaker.ts";
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
  const { people, me } = useSpeaker();
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
  const { people } = useSpeaker();
  useWatched(people);
  return <Avatar id={id} name={people.nameOf(id)} picture={people.of(id)?.picture} {...(size && { size })} />;
}

/** A person among others to choose from: the short name, and the full one where it says more. */
export function PersonLine({ user }: { user: User }) {
  return (
    <>
      <Face id={user.id} size="small" />
      <span class="cut">
        <PersonName id={user.id} />
        {user.fullName !== user.name && <span class="quiet"> {user.fullName}</span>}
      </span>
    </>
  );
}
