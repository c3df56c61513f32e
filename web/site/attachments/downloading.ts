import type { Collaboration } from "../../../src/sdk/client/index.ts";
import { toasts } from "../../design/toast.tsx";
import { words } from "../words/words.ts";

/** Saves a file of a message under its name, by a link made for it now. */
export function download(beseda: Collaboration, message: string, { id, name }: { id: string; name: string }): void {
  beseda.attachmentLink(message, id).then(
    ({ url }) => {
      const anchor = document.createElement("a");
      anchor.href = url;
      anchor.download = name;
      anchor.click();
    },
    () => toasts.show({ text: words.attachments.notLoaded }),
  );
}
