import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../../design/button.tsx";
import { Badge } from "../../design/states.tsx";
import { useWatched } from "../../design/watched.ts";
import { moveByArrows } from "../shell/keyboard.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { day, words } from "../words/words.ts";
import type { History } from "./history.ts";
import { MessageRow } from "./message-row.tsx";
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
}

/** The messages. A long conversation is drawn in part; the part moves with the reader. */
export function Log({ history, wanted, editing, onEdit }: Props) {
  const speaker = useSpeaker();
  const [reading] = useState(() => new Reading(history, (m) => speaker.markRead(history.id, m)));
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
            <LogRow key={row.key} row={row} found={reading.found} editing={editing} onEdit={onEdit} />
          ))}
          {unsent.map((entry) => (
            <UnsentRow key={entry.clientId} unsent={entry} />
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

interface RowProps extends Pick<Props, "editing" | "onEdit"> {
  row: Row;
  found: number | undefined;
}

function LogRow({ row, found, editing, onEdit }: RowProps) {
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
  return (
    <MessageRow
      message={message}
      isFirst={isFirst}
      isLast={isLast}
      isFound={found === message.n}
      isEditing={editing === message.id}
      onEdit={(isEditing) => onEdit(isEditing ? message.id : undefined)}
    />
  );
}
