/**
 * What the pages' security policy says when files have an address of their own: pictures, films and sound may come from there too.
 * @param headers text of web/public/_headers
 * @param filesOrigin as FILES_ORIGIN has it; empty = files come from the server itself
 * @throws Error for what is no origin: a policy with a mistake in it would forbid or allow something else
 */
export function allowFiles(headers: string, filesOrigin: string): string {
  if (filesOrigin === "") return headers;
  const { origin, protocol } = new URL(filesOrigin);
  if (!/^https?:$/.test(protocol)) throw new Error(`FILES_ORIGIN is no address of files: ${filesOrigin}`);
  return headers.replace(/\b(img-src|media-src) 'self'/g, `$1 'self' ${origin}`);
}
