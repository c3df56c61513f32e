import { useEffect, useState } from "preact/hooks";
import type { PostedAttachment } from "../../../src/sdk/client/index.ts";
import { Button, IconButton } from "../../design/button.tsx";
import { Icon } from "../../design/icons.tsx";
import { Failure, Skeleton } from "../../design/states.tsx";
import { toasts } from "../../design/toast.tsx";
import { useWatched } from "../../design/watched.ts";
import { download } from "../attachments/downloading.ts";
import { iconOf, kindOf } from "../attachments/kinds.ts";
import { isSupported } from "../attachments/transport.ts";
import { route } from "../shell/route.ts";
import { useSite } from "../shell/site.ts";
import { say } from "../words/problem.ts";
import { exact, short, size, words } from "../words/words.ts";
import type { History } from "./history.ts";

const atOnce = 20;

interface Listed {
  items: PostedAttachment[];
  cursor?: string;
}

/** The files of a conversation, the newest first; what is posted or deleted meanwhile shows at once. */
export function Files({ history }: { history: History }) {
  const { beseda } = useSite();
  useWatched(history);
  const [listed, setListed] = useState<Listed | "failed" | "unsupported">();
  const [tries, setTries] = useState(0);
  // As long as these are the same, so is the list.
  const shown = history.messages.flatMap(({ attachments = [] }) => attachments.map(({ id }) => id)).join();
  const load = async (cursor?: string) =>
    beseda.getAttachments({ conversation: history.id, count: atOnce, ...(cursor !== undefined && { cursor }) });
  useEffect(() => {
    let isCurrent = true;
    const first = async () => ((await isSupported(beseda)) ? load() : "unsupported");
    first().then(
      (page) => isCurrent && setListed(page),
      () => isCurrent && setListed((former) => former ?? "failed"),
    );
    return () => {
      isCurrent = false;
    };
  }, [shown, tries]);
  if (listed === "unsupported") return null;
  const retry = () => {
    setListed(undefined);
    setTries(tries + 1);
  };
  const more = ({ items, cursor }: Listed) =>
    load(cursor).then(
      (page) => setListed({ ...page, items: [...items, ...page.items] }),
      (error: unknown) => toasts.show({ text: say(error) }),
    );
  return (
    <section class="part-of-panel files" aria-labelledby="files-title">
      <h3 id="files-title">{words.files.title}</h3>
      {listed === undefined ? (
        <Skeleton label={words.loading} rows={3} />
      ) : listed === "failed" ? (
        <Failure
          title={words.files.failedTitle}
          text={words.problems.network}
          retryLabel={words.retry}
          onRetry={retry}
        />
      ) : (
        <FileList id={history.id} listed={listed} onMore={() => void more(listed)} />
      )}
    </section>
  );
}

function FileList({ id, listed, onMore }: { id: string; listed: Listed; onMore: () => void }) {
  if (listed.items.length === 0) return <p class="quiet">{words.files.empty}</p>;
  return (
    <>
      <ul>
        {listed.items.map((posted) => (
          <FileRow key={posted.attachment.id} conversation={id} posted={posted} />
        ))}
      </ul>
      {listed.cursor !== undefined && <Button onClick={onMore}>{words.files.more}</Button>}
    </>
  );
}

function FileRow({ conversation, posted }: { conversation: string; posted: PostedAttachment }) {
  const { beseda, people } = useSite();
  useWatched(people);
  const { attachment, message, n, author, date } = posted;
  const kind = kindOf(attachment);
  const jump = () => {
    // The same message may be wanted twice.
    route.go({ name: "conversation", id: conversation });
    route.go({ name: "conversation", id: conversation, message: n }, true);
  };
  return (
    <li class="file-row">
      <button type="button" class="file" title={words.files.show(attachment.name)} onClick={jump}>
        <span class="tile-icon" title={words.attachments.kinds[kind]}>
          <Icon name={iconOf[kind]} />
        </span>
        <span class="tile-words">
          <span class="cut">{attachment.name}</span>
          <span class="quiet cut">
            {size(attachment.size)} · {people.nameOf(author)} ·{" "}
            <time dateTime={date.toISOString()} title={exact(date)}>
              {short(date)}
            </time>
          </span>
        </span>
      </button>
      <IconButton
        icon="download"
        label={words.attachments.download(attachment.name)}
        onClick={() => download(beseda, message, attachment)}
      />
    </li>
  );
}
