import { Dialog } from "../../design/dialog.tsx";
import { Face, PersonName } from "../people/person.tsx";
import { words } from "../words/words.ts";

interface Props {
  readers: string[];
  others: string[];
  onClose: () => void;
}

/** Who has read a message, and who has not yet. */
export function ReadersDialog({ readers, others, onClose }: Props) {
  return (
    <Dialog title={words.readers.title} closeLabel={words.close} onClose={onClose}>
      <People title={words.readers.have} users={readers} />
      {others.length > 0 && <People title={words.readers.haveNot} users={others} />}
    </Dialog>
  );
}

function People({ title, users }: { title: string; users: string[] }) {
  return (
    <section class="readers">
      <h3 class="quiet">{title}</h3>
      <ul>
        {users.map((user) => (
          <li key={user} class="person">
            <Face id={user} size="small" />
            <PersonName id={user} />
          </li>
        ))}
      </ul>
    </section>
  );
}
