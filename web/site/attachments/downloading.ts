import type { Collaboration } from "../../../src/sdk/client/index.ts";
import { toasts } from "../../design/toast.tsx";
import { words } from "../words/words.ts";

interface File {
  id: string;
  name: string;
}

/** Follows a link to a file of a message, made for it now. */
function follow(beseda: Collaboration, message: string, { id }: File, ways: Partial<HTMLAnchorElement>): void {
  beseda.attachmentLink(message, id).then(
    ({ url }) => Object.assign(document.createElement("a"), { href: url, ...ways }).click(),
    () => toasts.show({ text: words.attachments.notLoaded }),
  );
}

/** Saves a file under its name. */
export const download = (beseda: Collaboration, message: string, file: File): void =>
  follow(beseda, message, file, { download: file.name });

/** Shows a file in a page of its own, if the browser can. */
export const openFile = (beseda: Collaboration, message: string, file: File): void =>
  follow(beseda, message, file, { target: "_blank", rel: "noopener noreferrer" });
