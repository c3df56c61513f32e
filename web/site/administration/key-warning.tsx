import { useState } from "preact/hooks";
import { Button } from "../../design/button.tsx";
import { Icon } from "../../design/icons.tsx";
import { useWatched } from "../../design/watched.ts";
import { useSite } from "../shell/site.ts";
import { later } from "../words/later.ts";
import { KeyDialog } from "./key-dialog.tsx";

/** Stands above the list as long as the subscriber has no administration key. */
export function KeyWarning() {
  const { administration } = useSite();
  useWatched(administration);
  const [isIssuing, setIssuing] = useState(false);
  return (
    <>
      {administration.lacksKey && (
        <aside class="warning" aria-label={later().administration.title}>
          <Icon name="key" />
          <p>{later().administration.noKey}</p>
          <Button onClick={() => setIssuing(true)}>{later().administration.issue}</Button>
        </aside>
      )}
      {isIssuing && <KeyDialog onClose={() => setIssuing(false)} />}
    </>
  );
}
