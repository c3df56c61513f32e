import type { MessageView } from "../../../src/sdk/client/index.ts";
import { IconButton } from "../../design/button.tsx";
import { toneOf } from "../../design/initials.ts";
import { useWatched } from "../../design/watched.ts";
import type { History } from "../conversation/history.ts";
import { leaving } from "../conversation/leaving.ts";
import { addressOf } from "../shell/copying.ts";
import { pathOf } from "../shell/route.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";

const shown = 200;

interface Props {
  history: History;
  /** Number of the message that is quoted. */
  n: number;
}

/** What a reply answers, as it is now, in two lines. */
function Quoted({ original }: { original: MessageView | undefined }) {
  const { people } = useSpeaker();
  useWatched(people, leaving);
  if (!original) return <span class="quoted">&nbsp;</span>;
  const isGone = original.deleted !== undefined || leaving.has(original.id);
  const files = original.attachments?.map(({ name }) => name).join(", ");
  return (
    <>
      <span class={`quoted-author cut name-${toneOf(original.author)}`}>{people.nameOf(original.author)}</span>
      <span class={isGone ? "quoted cut gone" : "quoted cut"}>
        {isGone ? words.message.deleted : original.text.slice(0, shown).replace(/\s+/g, " ") || files}
      </span>
    </>
  );
}

/** A quote above the text of a reply: a link to what it answers. */
export function Quote({ history, n, onShow }: Props & { onShow: (n: number) => void }) {
  const { origin } = useSpeaker();
  useWatched(history.originals);
  const original = history.originals.of(n);
  return (
    <a
      class="quote"
      href={addressOf(pathOf({ name: "conversation", id: history.id, message: n }), origin)}
      title={words.replies.show}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onShow(n);
      }}
    >
      <Quoted original={original} />
    </a>
  );
}

/** What will be answered, above the line in which people type. */
export function QuoteLine({ history, n, onCancel }: Props & { onCancel: () => void }) {
  useWatched(history.originals);
  return (
    <blockquote class="quote-line" aria-label={words.replies.answering}>
      <span class="quote">
        <Quoted original={history.originals.of(n)} />
      </span>
      <IconButton icon="close" label={words.replies.cancel} onClick={onCancel} />
    </blockquote>
  );
}
