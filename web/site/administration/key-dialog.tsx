import { useState } from "preact/hooks";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { copy } from "../shell/copying.ts";
import { useSite } from "../shell/site.ts";
import { say } from "../words/problem.ts";
import { words } from "../words/words.ts";

/** Issues an administration key and shows it, this one time. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const { administration } = useSite();
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState("");
  const [replaces] = useState(administration.hasKey);
  const texts = words.administration;
  const issue = () =>
    administration.issueKey().then(setKey, (error: unknown) => setProblem(`${texts.notIssued}. ${say(error)}`));
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
          <Button look="main" onClick={() => void issue()}>
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
