import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../../design/button.tsx";
import { Icon } from "../../design/icons.tsx";
import { useWatched } from "../../design/watched.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { size, words } from "../words/words.ts";
import { iconOf, kindOf } from "./kinds.ts";
import { isSupported } from "./transport.ts";
import { mostFiles, type Upload, type Uploads } from "./uploads.ts";

/** A button for files, where the server keeps files; it also lets them be dropped onto the conversation. */
export function AttachButton({ uploads }: { uploads: Uploads }) {
  const { beseda } = useSpeaker();
  const [isThere, setThere] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => void isSupported(beseda).then(setThere), []);
  if (!isThere) return null;
  return (
    <>
      <input
        ref={input}
        class="unseen"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          uploads.drop(currentTarget.files ?? []);
          currentTarget.value = "";
        }}
      />
      <IconButton icon="attach" label={words.composer.attach} onClick={() => input.current?.click()} />
      <DropArea uploads={uploads} />
    </>
  );
}

/**
 * Lies over the conversation while files are dragged across it: across the whole window, unless a part of a page is marked
 * as the place for them by `data-drop`.
 */
function DropArea({ uploads }: { uploads: Uploads }) {
  const [isOver, setOver] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const area: EventTarget = anchor.current?.closest("[data-drop]") ?? window;
    let depth = 0;
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") ?? false;
    const move = (event: DragEvent, step: number) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = Math.max(0, depth + step);
      setOver(depth > 0);
    };
    const enter = (event: DragEvent) => move(event, 1);
    const over = (event: DragEvent) => move(event, 0);
    const leave = (event: DragEvent) => move(event, -1);
    const drop = (event: DragEvent) => {
      move(event, -depth);
      if (hasFiles(event)) uploads.drop(event.dataTransfer?.files ?? []);
    };
    const handlers = { dragenter: enter, dragover: over, dragleave: leave, drop } as const;
    for (const [name, handler] of Object.entries(handlers)) area.addEventListener(name, handler as EventListener);
    return () => {
      for (const [name, handler] of Object.entries(handlers)) area.removeEventListener(name, handler as EventListener);
    };
  }, []);
  return (
    <span ref={anchor} hidden={!isOver}>
      <span class="drop-area">{words.composer.drop}</span>
    </span>
  );
}

/** The chosen files with how far they are. */
export function UploadTiles({ uploads }: { uploads: Uploads }) {
  useWatched(uploads);
  if (uploads.all.length === 0 && !uploads.isFull) return null;
  return (
    <div class="uploads">
      <ul>
        {uploads.all.map((upload) => (
          <UploadTile key={upload.key} upload={upload} uploads={uploads} />
        ))}
      </ul>
      {uploads.isFull && <p class="problem">{words.attachments.tooMany(mostFiles)}</p>}
    </div>
  );
}

function UploadTile({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const { key, name, state, progress, preview, reason = "brokenOff" } = upload;
  const percent = Math.round(progress * 100);
  return (
    <li class={`tile ${state}`}>
      {preview ? <img src={preview} alt="" /> : <Icon name={iconOf[kindOf(upload)]} />}
      <span class="tile-words">
        <span class="cut">{name}</span>
        {state === "failed" ? (
          <span class="problem" role="alert">
            {words.attachments.reasons[reason]}
          </span>
        ) : (
          <span class="quiet">{state === "ready" ? size(upload.size) : words.attachments.uploading(percent)}</span>
        )}
        {state === "uploading" && <progress max={100} value={percent} aria-label={name} />}
      </span>
      {state === "failed" && <IconButton icon="retry" label={words.retry} onClick={() => uploads.retry(key)} />}
      <IconButton icon="close" label={words.attachments.cancel(name)} onClick={() => uploads.cancel(key)} />
    </li>
  );
}
