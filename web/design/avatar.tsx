import { initialsOf, toneOf } from "./initials.ts";

interface Props {
  id: string;
  name: string;
  picture?: string | undefined;
  size?: "small" | "large";
  /** Groups are square, people are round. */
  square?: boolean;
}

/** A face without words of its own: the name always stands beside it. */
export function Avatar({ id, name, picture, size, square }: Props) {
  const look = `avatar tone-${toneOf(id)}${size ? ` ${size}` : ""}${square ? " square" : ""}`;
  return (
    <span class={look} aria-hidden="true">
      {picture ? <img src={picture} alt="" /> : initialsOf(name)}
    </span>
  );
}
