import type { IconName } from "../../design/icons.tsx";
import type { Words } from "../words/shape.ts";

/** Kinds of files that people know by their look. */
export type Kind = keyof Words["attachments"]["kinds"];

export const iconOf: Record<Kind, IconName> = {
  text: "text",
  sheet: "sheet",
  diagram: "diagram",
  map: "map",
  page: "page",
  report: "report",
  slides: "slides",
  pdf: "pdf",
  archive: "archive",
  audio: "audio",
  video: "video",
  plain: "file",
  picture: "picture",
  unknown: "file",
};

/** Endings of names, and content types, of the well-known kinds. */
const wellKnown: [kind: Kind, endings: string, types: RegExp][] = [
  ["text", "doc docx odt rtf", /msword|wordprocessingml|opendocument\.text|application\/rtf/],
  ["sheet", "xls xlsx ods csv mxl", /ms-excel|spreadsheetml|opendocument\.spreadsheet|text\/csv/],
  ["diagram", "vsd vsdx odg drawio grs", /visio|opendocument\.graphics/],
  ["map", "geo kml kmz gpx", /geo\+json|google-earth|gpx\+xml/],
  ["page", "html htm mht mhtml xhtml", /text\/html|xhtml/],
  ["report", "erf epf rpt", /vnd\.report/],
  ["slides", "ppt pptx odp", /powerpoint|presentationml|opendocument\.presentation/],
  ["pdf", "pdf", /application\/pdf/],
  ["archive", "zip rar 7z tar gz bz2 xz", /zip|x-rar|x-7z|x-tar|gzip/],
];

/** For all other files the first half of the content type decides. */
const byType: Record<string, Kind> = { audio: "audio", video: "video", text: "plain", image: "picture" };

const endingOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";

/** The kind of a file, by which its icon is chosen. */
export function kindOf({ name, contentType }: { name: string; contentType: string }): Kind {
  const type = contentType.toLowerCase();
  const ending = endingOf(name);
  const known = wellKnown.find(([, endings, types]) => types.test(type) || endings.split(" ").includes(ending));
  return known?.[0] ?? byType[type.split("/")[0] ?? ""] ?? "unknown";
}
