/** The key of the service conversation that asks pages to load themselves again: known to the server and to the pages. */
export const reloadKey = "обновление-страниц";
