import { standardUsers } from "../../../src/sdk/client/index.ts";
import { useWatched } from "../../design/watched.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";
import type { Remark } from "./rows.ts";

/** Who came, who went, how it is called now. */
export function RemarkRow({ remark }: { remark: Remark }) {
  const { people } = useSpeaker();
  useWatched(people);
  const namesOf = (ids: string[]) =>
    ids.map((id) => (id === standardUsers.allApplicationUsers ? words.people.everyone : people.nameOf(id))).join(", ");
  if (remark.type === "title") return <p class="remark">{words.conversation.renamed(remark.title)}</p>;
  return (
    <>
      {remark.added.length > 0 && <p class="remark">{words.conversation.joined(namesOf(remark.added))}</p>}
      {remark.removed.length > 0 && <p class="remark">{words.conversation.left(namesOf(remark.removed))}</p>}
    </>
  );
}
