import type { ComponentChildren } from "preact";
import { Button } from "./button.tsx";
import { Icon, type IconName } from "./icons.tsx";

/** Where a list will be in a moment, in the shape it will have. */
export function Skeleton({ label, rows = 7 }: { label: string; rows?: number }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} class="skeleton-row">
          <span class="bone round" />
          <span>
            <span class="bone line short" />
            <span class="bone line long" />
          </span>
        </div>
      ))}
    </div>
  );
}

interface StateProps {
  icon: IconName;
  title: string;
  text: string;
  children?: ComponentChildren;
}

/** A list without entries says what to do. */
export function Empty({ icon, title, text, children }: StateProps) {
  return (
    <div class="state">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}

interface FailureProps {
  title: string;
  text: string;
  retryLabel: string;
  onRetry: () => void;
}

/** A list that could not be loaded says what happened and offers another try. */
export function Failure({ title, text, retryLabel, onRetry }: FailureProps) {
  return (
    <div class="state" role="alert">
      <Icon name="alert" />
      <h2>{title}</h2>
      <p>{text}</p>
      <Button onClick={onRetry}>
        <Icon name="retry" />
        {retryLabel}
      </Button>
    </div>
  );
}

/** How many; more than 99 are simply many. */
export function Badge({ count, isMuted, label }: { count: number; isMuted?: boolean; label: string }) {
  if (count === 0) return null;
  return (
    <span class={isMuted ? "badge muted" : "badge"}>
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span class="unseen">{label}</span>
    </span>
  );
}
