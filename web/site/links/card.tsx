import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useSpeaker } from "../shell/speaker.ts";
import { whenHarmless, whenNear } from "./moment.ts";
import { previewsOf } from "./previews.ts";

/**
 * What the page behind a link says of itself, below the message. It is drawn when it is known, at a moment when that moves
 * nothing that its reader looks at.
 */
export function LinkCard({ address }: { address: string }) {
  const previews = previewsOf(useSpeaker().beseda);
  const [preview, setPreview] = useState(() => previews.known(address));
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const element = place.current;
    const message = element?.closest(".message");
    if (!element || !message || preview !== undefined) return;
    let stop = whenNear(element, () => {
      stop = () => undefined;
      void previews.of(address).then((found) => {
        if (found && element.isConnected) stop = whenHarmless(message, () => setPreview(found));
      });
    });
    return () => stop();
  }, []);
  const card = useRef<HTMLAnchorElement>(null);
  // At once: between two frames another card may come, and a scroll that belongs to the first.
  useLayoutEffect(() => void card.current?.closest(".log")?.dispatchEvent(new Event("grown")), [preview]);
  if (!preview) return <span ref={place} class="link-place" />;
  const { host, siteName, title, description } = preview;
  return (
    <a ref={card} class="link-card" href={address} target="_blank" rel="noopener noreferrer nofollow ugc">
      <span class="quiet cut">{siteName === undefined || siteName === host ? host : `${siteName} · ${host}`}</span>
      <strong dir="auto">{title}</strong>
      {description !== undefined && <span dir="auto">{description}</span>}
    </a>
  );
}
