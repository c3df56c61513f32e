import { useContext, useEffect, useState } from "preact/hooks";
import type { AttachmentLink, AttachmentView, MessageView } from "../../../src/sdk/client/index.ts";
import { Icon } from "../../design/icons.tsx";
import { useCommands } from "../commands/commands.tsx";
import { MessageScopeContext } from "../commands/message.ts";
import type { Target } from "../commands/target.ts";
import { lazily } from "../shell/lazily.tsx";
import { useSpeaker } from "../shell/speaker.ts";
import { size, words } from "../words/words.ts";
import { download, openFile } from "./downloading.ts";
import { iconOf, kindOf } from "./kinds.ts";

const Lightbox = lazily(async () => (await import("./lightbox.tsx")).Lightbox);

/** The files of a message: pictures as pictures, everything else as tiles by its kind. */
export function AttachmentTiles({ message }: { message: MessageView }) {
  const { attachments = [] } = message;
  if (attachments.length === 0) return null;
  return (
    <div class="attachments">
      {attachments.map((attachment) => {
        const props = { attachment, message };
        if (attachment.safeType && isHeavy(attachment)) return <HeavyPictureTile key={attachment.id} {...props} />;
        if (attachment.safeType) return <PictureTile key={attachment.id} {...props} />;
        const kind = kindOf(attachment);
        if (kind === "audio" || kind === "video") return <PlayerTile key={attachment.id} {...props} kind={kind} />;
        return <FileTile key={attachment.id} {...props} />;
      })}
    </div>
  );
}

interface Props {
  attachment: AttachmentView;
  message: MessageView;
}

/** A link lives some minutes; it is fetched when it is needed. */
function useLink({ attachment, message }: Props): { link: AttachmentLink | undefined; hasFailed: boolean } {
  const { beseda } = useSpeaker();
  const [link, setLink] = useState<AttachmentLink>();
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    beseda.attachmentLink(message.id, attachment.id).then(
      (found) => setLink(found),
      () => setFailed(true),
    );
  }, [attachment.id]);
  return { link, hasFailed };
}

/** The commands of a file. What cannot be shown here is opened by the browser, which saves what it cannot show either. */
function useFileCommands({ attachment, message }: Props, show?: () => void) {
  const { beseda } = useSpeaker();
  const scope = useContext(MessageScopeContext);
  const target: Target = {
    parameters: { source: "Attachment", conversation: message.conversationId, message, attachment },
    usual: show ? ["OpenAttachment", "SaveAttachment"] : ["SaveAttachment"],
    usualDefault: show ? "OpenAttachment" : "SaveAttachment",
    doing: {
      ...scope?.doing,
      OpenAttachment: show ?? (() => openFile(beseda, message.id, attachment)),
      SaveAttachment: () => download(beseda, message.id, attachment),
    },
  };
  return useCommands(target);
}

const widest = 360;
const highest = 320;
/** A picture without a preview is loaded as a whole up to so many bytes. */
const mostUnasked = 1_048_576;

const isHeavy = ({ size: bytes, previewSize }: AttachmentView): boolean =>
  previewSize === undefined && bytes > mostUnasked;

function PictureTile(props: Props) {
  const { attachment } = props;
  const { link, hasFailed } = useLink(props);
  const [isOpen, setOpen] = useState(false);
  const commands = useFileCommands(props, () => setOpen(true));
  const { width = widest, height = highest } = attachment;
  // The room is known before the picture is there, so nothing moves when it comes.
  const scale = Math.min(1, widest / width, highest / height);
  const room = { width: `${Math.max(48, Math.round(width * scale))}px`, aspectRatio: `${width} / ${height}` };
  if (hasFailed) return <FileTile {...props} />;
  return (
    <>
      <button
        type="button"
        class="picture"
        style={room}
        aria-label={words.attachments.open(attachment.name)}
        {...commands.secondary}
        onClick={commands.click}
      >
        {link && <img src={link.preview ?? link.url} alt="" />}
      </button>
      {isOpen && link && <Lightbox name={attachment.name} link={link.url} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A picture that nobody made small: its bytes come when somebody wants to see it. */
function HeavyPictureTile(props: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <FileTile {...props} onOpen={() => setOpen(true)} />
      {isOpen && <OpenedPicture {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function OpenedPicture({ onClose, ...props }: Props & { onClose: () => void }) {
  const { link } = useLink(props);
  return link ? <Lightbox name={props.attachment.name} link={link.url} onClose={onClose} /> : null;
}

function PlayerTile({ kind, ...props }: Props & { kind: "audio" | "video" }) {
  const { link, hasFailed } = useLink(props);
  const commands = useFileCommands(props);
  if (hasFailed) return <FileTile {...props} />;
  const { name } = props.attachment;
  return (
    // A click on a player plays: that is its own business, so there is no default command.
    <figure class={`player ${kind}`} {...commands.secondary}>
      {kind === "audio" ? (
        // biome-ignore lint/a11y/useMediaCaption: what people send has no captions
        <audio controls preload="none" src={link?.url} aria-label={name} />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: what people send has no captions
        <video controls preload="metadata" src={link?.url} aria-label={name} />
      )}
      <figcaption class="cut">{name}</figcaption>
    </figure>
  );
}

function FileTile({ onOpen, ...props }: Props & { onOpen?: () => void }) {
  const { attachment } = props;
  const kind = kindOf(attachment);
  const commands = useFileCommands(props, onOpen);
  return (
    <button type="button" class="tile" {...commands.secondary} onClick={commands.click}>
      <span class="tile-icon" title={words.attachments.kinds[kind]}>
        <Icon name={iconOf[kind]} />
      </span>
      <span class="tile-words">
        <span class="cut">
          <span class="unseen">{words.attachments[onOpen ? "open" : "download"]("")}</span>
          {attachment.name}
        </span>
        <span class="quiet cut">
          {words.attachments.kinds[kind]} · {size(attachment.size)}
        </span>
      </span>
      <Icon name={onOpen ? "picture" : "download"} />
    </button>
  );
}
