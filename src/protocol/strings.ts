import * as v from "valibot";

/** Half of a surrogate pair cannot be stored or sent as UTF-8 without changing it, so it is refused at the door. */
const wellFormed = v.check<string, string>((value) => value.isWellFormed(), "must not contain lone surrogates");

/** A bounded, well-formed string of 0 to `max` characters. */
export const text = (max: number) =>
  v.pipe(v.string(), v.maxLength(max, `must be at most ${max} characters`), wellFormed);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const control = /[\u0000-\u001f\u007f]/;

/** A bounded string on one line, without surrounding blanks: titles, names, keys. */
export const line = (max: number) =>
  v.pipe(
    text(max),
    v.check((value) => !control.test(value), "must not contain control characters"),
    v.trim(),
  );

/** The same, not empty. */
export const name = (max: number) => v.pipe(line(max), v.nonEmpty("must not be empty"));

/** An e-mail address, compared in lower case. */
export const Email = (max: number) =>
  v.pipe(
    line(max),
    v.email("must be an e-mail address"),
    v.toLowerCase(),
    v.metadata({ examples: ["anna@romashka.example"] }),
  );
