import { useState } from "preact/hooks";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { copy } from "../shell/copying.ts";
import { useSite } from "../shell/site.ts";
import { later } from "../words/later.ts";
import { say } from "../words/problem.ts";
import { words } from "../words/words.ts";

/** Issues an administration key and shows it, this one time. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const { administration } = useSite();
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState("");
  const [isAsking, setAsking] = useState(false);
  const [replaces] = useState(administration.hasKey);
  const texts = later().administration;
  // One at a time: a second key would make the first worthless, and only one can be shown.
  const issue = async () => {
    setAsking(true);
    setProblem("");
    await administration.issueKey().then(setKey, (error: unknown) => setProblem(`${texts.notIssued}. ${say(error)}`));
    setAsking(false);
  };
  return (
    <Dialog
      title={texts.key}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        key ? (
          <>
            <Button onClick={() => copy(key, texts.copied)}>{texts.copy}</Button>
            <Button look="main" onClick={onClose}>
              {texts.kept}
            </Button>
          </>
        ) : (
          <Button look="main" disabled={isAsking} onClick={() => void issue()}>
            {texts.issue}
          </Button>
        )
      }
    >
      <p>{texts.purpose}</p>
      {key ? (
        <>
          <output class="secret">{key}</output>
          <p>{texts.keepSafe}</p>
        </>
      ) : (
        replaces && <p>{texts.replaces}</p>
      )}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
