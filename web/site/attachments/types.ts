/** A file on its way into a message, with the content type that is stated for it; none leaves the choice to the server. */
export interface Stated {
  file: File;
  contentType: string | undefined;
}

/** What the browser reports counts; if it reports nothing, the server goes by the ending of the name. */
export const attached = (file: File): Stated => ({ file, contentType: file.type || undefined });

/** A picture from the clipboard is PNG, whatever it was before: browsers hand it over as that, with a name of their own. */
export function pasted(file: File): Stated {
  if (!file.type.startsWith("image/")) return attached(file);
  const name = file.name.replace(/\.[^.]*$/, "") || "image";
  return { file: new File([file], `${name}.png`, { type: "image/png" }), contentType: "image/png" };
}
