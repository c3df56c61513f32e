import { useContext } from "preact/hooks";
import type { Run } from "../../../src/sdk/client/index.ts";
import { useCommands } from "../commands/commands.tsx";
import { linkTarget, type MessageScope, MessageScopeContext } from "../commands/message.ts";
import { words } from "../words/words.ts";
import { withEmoticons } from "./emoticons.ts";
import { safeAddress, withLinks } from "./links.ts";
import { blocksOf } from "./run-blocks.ts";

interface Props {
  text: string;
  runs?: Run[] | undefined;
  /** Inside something that is itself a button: links are shown and cannot be followed. */
  isInert?: boolean;
}

/** What a message says. Formatted text is drawn run by run with text nodes; plain text gets its links and emoticons. */
export function MessageText({ text, runs, isInert = false }: Props) {
  if (runs) return <Formatted runs={runs} isInert={isInert} />;
  return (
    <>
      {withLinks(text).map((piece, index) =>
        typeof piece === "string" ? (
          <Emoticons key={index} text={piece} />
        ) : (
          <Link key={index} address={piece.address} presentation={piece.text} isInert={isInert} />
        ),
      )}
    </>
  );
}

/** Text with its emoticons as pictures. */
function Emoticons({ text }: { text: string }) {
  return (
    <>
      {withEmoticons(text).map((piece, index) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <span key={index} class="emoticon" role="img" aria-label={words.emoticons[piece.name]}>
            {piece.code}
          </span>
        ),
      )}
    </>
  );
}

interface LinkProps {
  address: string;
  /** What stands in its place in the text. */
  presentation: string;
  isInert: boolean;
}

function Link(props: LinkProps) {
  const scope = useContext(MessageScopeContext);
  const { address, presentation, isInert } = props;
  if (isInert) return <span class="link">{presentation}</span>;
  if (scope) return <LinkWithCommands scope={scope} {...props} />;
  return (
    <a href={address} {...foreign}>
      <Emoticons text={presentation} />
    </a>
  );
}

/** A page of somebody else: it learns nothing of ours. */
const foreign = { target: "_blank", rel: "noopener noreferrer nofollow ugc" };

function LinkWithCommands({ scope, address, presentation }: LinkProps & { scope: MessageScope }) {
  const commands = useCommands(linkTarget(scope, address, presentation));
  return (
    <a href={address} {...foreign} {...commands.secondary} onClick={commands.click}>
      <Emoticons text={presentation} />
    </a>
  );
}

function Formatted({ runs, isInert }: { runs: Run[]; isInert: boolean }) {
  return (
    <>
      {blocksOf(runs).map((block, index) =>
        block.list ? (
          <span key={index} class={`list-item level-${Math.min(block.list.level, 6)}`}>
            <span class="mark">{block.list.ordered ? `${block.list.item}.` : "•"}</span>
            <span>
              <Runs runs={block.runs} isInert={isInert} />
            </span>
          </span>
        ) : (
          <Runs key={index} runs={block.runs} isInert={isInert} />
        ),
      )}
    </>
  );
}

const Runs = ({ runs, isInert }: { runs: Run[]; isInert: boolean }) => (
  <>
    {runs.map((run, index) => (
      <Piece key={index} run={run} isInert={isInert} />
    ))}
  </>
);

/** The look of one run. Colours and sizes are set as properties of the element: no markup and no style attribute is parsed. */
function Piece({ run, isInert }: { run: Run; isInert: boolean }) {
  const { text, bold, italic, underline, strike, color, background, family, size, link } = run;
  const address = link === undefined ? undefined : safeAddress(link);
  const lines = [underline && "underline", strike && "line-through"].filter(Boolean).join(" ");
  const style = {
    ...(bold && { fontWeight: "650" }),
    ...(italic && { fontStyle: "italic" }),
    ...(lines && { textDecoration: lines }),
    ...(color && { color }),
    // A background needs the dark or light that its author had in mind, or nobody could read it in the other theme.
    ...(background && { backgroundColor: background, ...(!color && { color: "#15181d" }) }),
    ...(family && { fontFamily: family }),
    ...(size && { fontSize: `${Math.min(3, Math.max(0.6, size))}em` }),
  };
  return (
    <span class="run" style={style}>
      {address ? <Link address={address} presentation={text} isInert={isInert} /> : <Emoticons text={text} />}
    </span>
  );
}
