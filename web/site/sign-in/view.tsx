import { Icon, type IconName } from "../../design/icons.tsx";
import { words } from "../words/words.ts";

/** Why there is nothing to see. */
export type Reason = "new" | "ended" | "used" | "unregistered" | "failed";

const looks: Record<Reason, IconName> = {
  new: "key",
  ended: "key",
  used: "link",
  unregistered: "info",
  failed: "offline",
};

function textsOf(reason: Reason): [title: string, text: string] {
  const { signIn, problems } = words;
  if (reason === "ended") return [signIn.ended, signIn.endedText];
  if (reason === "used") return [signIn.used, signIn.usedText];
  if (reason === "unregistered") return [signIn.unregistered, signIn.unregisteredText];
  if (reason === "failed") return [signIn.failed, problems.network];
  return [signIn.title, signIn.text];
}

interface Props {
  reason: Reason;
  /** On the machine itself the demo's people can sign in by a link. */
  isLocal: boolean;
  onRetry: () => void;
}

/** Nobody is signed in: what to do about it. */
export function SignInView({ reason, isLocal, onRetry }: Props) {
  const [title, text] = textsOf(reason);
  return (
    <main class="sign-in">
      <span class="sign">
        <Icon name={looks[reason]} />
      </span>
      <h1>{title}</h1>
      <p class="quiet">{text}</p>
      {reason === "failed" && (
        <button type="button" class="button main" onClick={onRetry}>
          {words.retry}
        </button>
      )}
      {isLocal && reason !== "failed" && (
        <a class="button main" href="/local/sign-in">
          {words.signIn.local}
        </a>
      )}
    </main>
  );
}
