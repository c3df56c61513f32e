import { Icon } from "../../design/icons.tsx";
import { Quote } from "../replies/quote.tsx";
import { useSpeaker } from "../shell/speaker.ts";
import { sentenceOf } from "../words/problem.ts";
import { clock, words } from "../words/words.ts";
import type { History } from "./history.ts";
import { MessageText } from "./message-text.tsx";
import type { Unsent } from "./outbox.ts";

interface Props {
  unsent: Unsent;
  history: History;
  onShow: (n: number) => void;
}

/** A typed message that is on its way, waits, or could not be sent. */
export function UnsentRow({ unsent, history, onShow }: Props) {
  const { outbox } = useSpeaker();
  const { clientId, text, date, state, problem, replyTo, files = [] } = unsent;
  return (
    <article class={`message own first last unsent ${state}`} data-key={clientId}>
      <div class="bubble">
        {replyTo !== undefined && <Quote history={history} n={replyTo} onShow={onShow} />}
        {files.map((name) => (
          <p key={name} class="unsent-file">
            <Icon name="attach" />
            <span class="cut">{name}</span>
          </p>
        ))}
        {text !== "" && (
          <p class="text">
            <MessageText text={text} />
          </p>
        )}
        <span class="when">
          <time dateTime={date}>{clock(new Date(date))}</time>
          {state !== "failed" && (
            <span role="img" aria-label={words.message[state]} title={words.message[state]}>
              <Icon name="clock" />
            </span>
          )}
        </span>
      </div>
      {state === "failed" && (
        <p class="failure" role="alert">
          <Icon name="alert" />
          <span>
            {words.message.failed} {sentenceOf(problem)}
          </span>
          <button type="button" class="text-button" onClick={() => void outbox.retry(clientId)}>
            {words.retry}
          </button>
          <button type="button" class="text-button" onClick={() => outbox.discard(clientId)}>
            {words.message.discard}
          </button>
        </p>
      )}
    </article>
  );
}
