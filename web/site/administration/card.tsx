import { useState } from "preact/hooks";
import { Button } from "../../design/button.tsx";
import { useWatched } from "../../design/watched.ts";
import { useSite } from "../shell/site.ts";
import { later } from "../words/later.ts";
import { KeyDialog } from "./key-dialog.tsx";

/** What an administrator of the subscriber finds in the profile. */
export function AdministrationCard() {
  const { administration } = useSite();
  useWatched(administration);
  const [isIssuing, setIssuing] = useState(false);
  if (!administration.isAdministrator) return null;
  return (
    <section class="card">
      <h2>{later().administration.title}</h2>
      <p class="quiet small">{administration.hasKey ? later().administration.hasKey : later().administration.noKey}</p>
      <span>
        <Button onClick={() => setIssuing(true)}>{later().administration.issue}</Button>
      </span>
      {isIssuing && <KeyDialog onClose={() => setIssuing(false)} />}
    </section>
  );
}
