import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { IconButton } from "../../design/button.tsx";
import { Badge } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import { ReadLine } from "../readers/read-line.tsx";
import { lastOwn } from "../readers/readers.ts";
import { moveByArrows } from "../shell/keyboard.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { day, language, words } from "../words/words.ts";
import type { History } from "./history.ts";
import { MessageRow, type MessageRowProps } from "./message-row.tsx";
import { Reading } from "./reading.ts";
import { RemarkRow } from "./remark-row.tsx";
import { type Row, rowsOf } from "./rows.ts";
import { UnsentRow } from "./unsent-row.tsx";

interface Props {
  history: History;
  /** Number of a message to bring into view. */
  wanted: number | undefined;
  editing: string | undefined;
  onEdit: (id: string | undefined) => void;
  /** Absent where the user cannot write. */
  onReply: ((n: number) => void) | undefined;
}

/** The messages. A long conversation is drawn in part; the part moves with the reader. */
export function Log({ history, wanted, editing, onEdit, onReply }: Props) {
  const speaker = useSpeaker();
  const [reading] = useState(
    () =>
      new Reading(history, (m) => {
        speaker.markRead(history.id, m);
        history.read(m);
      }),
  );
  useWatched(history, speaker.outbox, reading);
  const box = useRef<HTMLDivElement>(null);
  const { drawn } = reading;
  const unsent = history.pages.hasNewer ? [] : speaker.outbox.of(history.id).filter(({ hasArrived }) => !hasArrived);
  useLayoutEffect(() => (box.current ? reading.attach(box.current) : undefined), []);
  useLayoutEffect(
    () => reading.settle(),
    [history.messages, drawn[0], drawn.at(-1), unsent.length, history.remarks.length, editing],
  );
  useEffect(() => {
    if (wanted !== undefined) void reading.show(wanted);
  }, [wanted]);
  const show = (n: number) => void reading.show(n);
  const last = lastOwn(history.messages, speaker.me.id);
  const rows = rowsOf(drawn, { me: speaker.me.id, readUpTo: history.readUpTo }, history.remarks);
  return (
    <div class="log-frame">
      <div
        ref={box}
        class="log scrolls"
        role="log"
        aria-label={words.conversation.log}
        data-first
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keys
        tabIndex={0}
        onScroll={() => reading.scrolled()}
        onKeyDown={(event) => editing === undefined && moveByArrows(event)}
      >
        <div class="log-content">
          {rows.map((row) => (
            <LogRow
              key={row.key}
              row={row}
              history={history}
              found={reading.found}
              isLastOwn={last !== undefined && row.key === String(last.n)}
              editing={editing}
              onEdit={onEdit}
              onReply={onReply}
              onShow={show}
            />
          ))}
          {unsent.map((entry) => (
            <UnsentRow key={entry.clientId} unsent={entry} history={history} onShow={show} />
          ))}
        </div>
      </div>
      {!reading.isAtEnd && <ToEnd history={history} reading={reading} me={speaker.me.id} />}
    </div>
  );
}

/** Back to the newest message, with the number of those that came meanwhile. */
function ToEnd({ history, reading, me }: { history: History; reading: Reading; me: string }) {
  const { seen } = reading;
  const unseen = history.messages.filter(({ m, author }) => m > seen && author !== me).length;
  const news = seen > 0 ? history.missed + unseen : 0;
  const label = news > 0 ? words.conversation.newMessages(news) : words.conversation.toLatest;
  return (
    <span class="to-end">
      <IconButton icon="down" label={label} onClick={() => void reading.toEnd()}>
        <Badge count={news} label="" />
      </IconButton>
    </span>
  );
}

interface RowProps extends Pick<Props, "history" | "editing" | "onEdit" | "onReply"> {
  row: Row;
  found: number | undefined;
  isLastOwn: boolean;
  onShow: (n: number) => void;
}

function LogRow({ row, found, isLastOwn, editing, onEdit, ...rest }: RowProps) {
  if (row.type === "day")
    return (
      <p class="day-line">
        <span>{day(row.date)}</span>
      </p>
    );
  if (row.type === "unread")
    return (
      <p class="unread-line">
        <span>{words.conversation.unread}</span>
      </p>
    );
  if (row.type === "remark") return <RemarkRow remark={row.remark} />;
  const { message, isFirst, isLast } = row;
  const looks = { message, isFirst, isLast, isFound: found === message.n, isEditing: editing === message.id };
  return (
    <>
      <Remembered {...rest} {...looks} onEdit={(isEditing) => onEdit(isEditing ? message.id : undefined)} />
      {isLastOwn && <ReadLine history={rest.history} message={message} />}
    </>
  );
}

/** A message that looks as it did is not drawn again, however often the log is. */
function Remembered(props: MessageRowProps) {
  const { history, message, isFirst, isLast, isFound, isEditing, onReply } = props;
  const looks = [history, message, isFirst, isLast, isFound, isEditing, onReply !== undefined, language];
  return useMemo(() => <MessageRow {...props} />, looks);
}
