import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { toasts } from "../../design/toast.tsx";
import { words } from "../words/words.ts";

/** A part of the site that is loaded when it is first needed. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [Part, setPart] = useState(() => loaded);
    useEffect(() => {
      if (Part) return;
      load().then(
        (part) => {
          loaded = part;
          setPart(() => part);
        },
        () => toasts.show({ text: words.problems.network }),
      );
    }, []);
    return Part ? <Part {...props} /> : null;
  };
}
