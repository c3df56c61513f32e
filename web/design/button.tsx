import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { Icon, type IconName } from "./icons.tsx";

type Rest = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type" | "icon" | "label">;

interface IconButtonProps extends Rest {
  icon: IconName;
  /** What it does; also shown while the pointer rests on it. */
  label: string;
  look?: "main";
  children?: ComponentChildren;
}

/** A button that shows a picture and is called by its label. */
export function IconButton({ icon, label, look, children, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      class={look ? `icon-button ${look}` : "icon-button"}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} />
      {children}
    </button>
  );
}

interface ButtonProps extends Rest {
  look?: "main" | "danger";
  isSubmit?: boolean;
  children: ComponentChildren;
}

export function Button({ look, isSubmit, children, ...rest }: ButtonProps) {
  return (
    <button {...rest} type={isSubmit ? "submit" : "button"} class={look ? `button ${look}` : "button"}>
      {children}
    </button>
  );
}
