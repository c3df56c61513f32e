import type { ChoiceFormOpening } from "beseda/embed";
import { departments } from "../departments.ts";
import { colleagues, people } from "../people.ts";
import type { Language, Words } from "../words.ts";

/** It stands in a dialog of Beseda, where the styles of this page do not reach, so it brings its own. */
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  fieldset { margin: 0 0 1rem; padding: 0 0 0.25rem; border: 0; }
  legend { padding: 0; font-weight: 650; }
  label { display: flex; align-items: center; gap: 0.5rem; min-block-size: 2.75rem; cursor: pointer; }
  input { inline-size: 1.125rem; block-size: 1.125rem; accent-color: var(--green); }
  button {
    min-block-size: 2.75rem; padding: 0 1rem; border: 0; border-radius: 8px;
    background: var(--green); color: light-dark(#fff, #0e1f17); font: inherit; cursor: pointer;
  }
`);

/** Names the firm's own list of people as the picker behind "Show all". @returns the name of its element */
export function definePeoplePicker(words: Words, language: Language): string {
  class PeoplePicker extends HTMLElement {
    /** Set by Beseda before the element is shown. */
    opening?: ChoiceFormOpening;

    connectedCallback(): void {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      const type = this.opening?.parameters.multipleChoice === false ? "radio" : "checkbox";
      const choose = document.createElement("button");
      choose.textContent = words.choose;
      choose.addEventListener("click", () => {
        const chosen = [...root.querySelectorAll("input:checked")].map((input) => (input as HTMLInputElement).value);
        this.dispatchEvent(new CustomEvent("choice", { detail: chosen }));
      });
      root.append(...departments.map((department) => fieldsOf(department, type, language)), choose);
    }
  }
  const name = "romashka-people";
  customElements.define(name, PeoplePicker);
  return name;
}

function fieldsOf(department: (typeof departments)[number], type: string, language: Language): HTMLElement {
  const fields = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = department.name[language];
  fields.append(legend);
  for (const { infoBaseUserId, fullName } of [...people, ...colleagues]) {
    if (!department.people.includes(infoBaseUserId)) continue;
    const label = document.createElement("label");
    label.append(
      Object.assign(document.createElement("input"), { type, name: "person", value: infoBaseUserId }),
      fullName,
    );
    fields.append(label);
  }
  return fields;
}
