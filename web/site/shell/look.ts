import { Watched } from "../../design/watched.ts";
import { type Language, languages, speak, wantedLanguage } from "../words/words.ts";
import { ofThisBrowser } from "./kept.ts";

const themes = ["auto", "light", "dark"] as const;

/** Language and theme, which belong to the browser and not to the user. */
export class Look extends Watched {
  theme: (typeof themes)[number] = "auto";

  async start(): Promise<void> {
    const kept = ofThisBrowser();
    const theme = kept.get<string>("theme", "auto");
    this.setTheme(themes.find((one) => one === theme) ?? "auto");
    const chosen = kept.get<string>("language", "");
    await this.#speak(chosen in languages ? (chosen as Language) : wantedLanguage(navigator.languages));
  }

  setTheme(theme: Look["theme"]): void {
    this.theme = theme;
    ofThisBrowser().set("theme", theme === "auto" ? undefined : theme);
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    this.changed();
  }

  async speak(language: Language): Promise<void> {
    ofThisBrowser().set("language", language);
    await this.#speak(language);
    this.changed();
  }

  async #speak(language: Language): Promise<void> {
    await speak(language);
    document.documentElement.lang = language;
  }
}

export const look = new Look();
