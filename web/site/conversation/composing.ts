import { useEffect, useRef, useState } from "preact/hooks";
import { useWatched } from "../../design/watched.ts";
import { Uploads } from "../attachments/uploads.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { say } from "../words/problem.ts";
import type { Draft } from "./drafts.ts";

export interface ComposingOptions {
  /** Id of the conversation; or a name for its draft, as long as there is no conversation. */
  conversation: string;
  /** Makes sure that there is a conversation, and gives its id. Absent where it is there already. */
  reach?: (() => Promise<string>) | undefined;
  /** Number of the message that is answered. */
  replyTo: number | undefined;
  onReplyTo: (n: number | undefined) => void;
  /** In the conversation of an object the author says who is notified. */
  hasRecipients: boolean;
  onSent: () => void;
}

/** What is being written in one conversation, and how it gets there. What is not sent stays as a draft. */
export function useComposing({ conversation, reach, replyTo, onReplyTo, hasRecipients, onSent }: ComposingOptions) {
  const { beseda, drafts, outbox } = useSpeaker();
  const [draft, setDraft] = useState(() => drafts.of(conversation));
  const [isReaching, setReaching] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [uploads] = useState(
    () =>
      new Uploads(
        { upload: async (_, file, options) => beseda.upload(reach ? await reach() : conversation, file, options) },
        conversation,
      ),
  );
  useWatched(uploads);
  const { text, recipients } = draft;
  // Whoever was asked to choose people answers later than what is typed meanwhile.
  const latest = useRef(draft);
  const keep = (changes: Partial<Draft>) => {
    const next = { ...latest.current, ...changes };
    latest.current = next;
    setDraft(next);
    drafts.set(conversation, { ...next, replyTo });
  };
  useEffect(() => drafts.set(conversation, { ...draft, replyTo }), [replyTo]);
  const canSend = (text.trim() !== "" || uploads.ready.length > 0) && !uploads.isBusy && !isReaching;
  const sendTo = (id: string) => {
    const { ready } = uploads;
    void outbox.send({
      conversation: id,
      text: text.trim(),
      ...(hasRecipients && { recipients }),
      ...(replyTo !== undefined && { replyTo }),
      ...(ready.length > 0 && { attachments: ready.map((file) => file.id), files: ready.map(({ name }) => name) }),
    });
    uploads.gone();
    keep({ text: "" });
    onReplyTo(undefined);
    onSent();
  };
  const send = () => {
    if (!canSend) return;
    setProblem(undefined);
    if (!reach) return sendTo(conversation);
    setReaching(true);
    reach()
      .then(sendTo, (error: unknown) => setProblem(say(error)))
      .finally(() => setReaching(false));
  };
  return { draft, keep, uploads, canSend, send, isReaching, problem };
}
