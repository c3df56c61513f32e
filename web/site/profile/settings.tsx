import { useState } from "preact/hooks";
import { Switch } from "../../design/switch.tsx";
import { toasts } from "../../design/toast.tsx";
import { useWatched } from "../../design/watched.ts";
import { playTone } from "../notifications/sound.ts";
import { ofThisBrowser } from "../shell/kept.ts";
import { type Look, look } from "../shell/look.ts";
import { useSite } from "../shell/site.ts";
import { later } from "../words/later.ts";
import { say } from "../words/problem.ts";
import { type Language, language, languages } from "../words/words.ts";
import { DeviceSwitch } from "./device-switch.tsx";

/** Quiet, sound, language, theme. The first belongs to the user, the others to this browser. */
export function Settings() {
  const site = useSite();
  useWatched(site, look);
  const setQuiet = (value: boolean) =>
    site.setDoNotDisturb(value).catch((error: unknown) => toasts.show({ text: say(error) }));
  return (
    <>
      <section class="card">
        <h2>{later().profile.notifications}</h2>
        <Switch
          label={later().profile.quiet}
          hint={later().profile.quietHint}
          isOn={site.doNotDisturb}
          onChange={(value) => void setQuiet(value)}
        />
        <SystemSwitch />
        <DeviceSwitch />
        <SoundSwitch />
      </section>
      <section class="card">
        <h2>{later().profile.look}</h2>
        <Choice<Language>
          name="language"
          label={later().profile.language}
          options={languages}
          chosen={language}
          onChoose={(value) => void look.speak(value)}
        />
        <Choice<Look["theme"]>
          name="theme"
          label={later().profile.theme}
          options={{ auto: later().profile.auto, light: later().profile.light, dark: later().profile.dark }}
          chosen={look.theme}
          onChoose={(value) => look.setTheme(value)}
        />
      </section>
    </>
  );
}

function SystemSwitch() {
  const isThere = "Notification" in window;
  const [permission, setPermission] = useState(isThere ? Notification.permission : "denied");
  const isDenied = permission === "denied";
  return (
    <Switch
      label={later().profile.system}
      hint={isDenied ? later().profile.systemDenied : later().profile.systemHint}
      isOn={permission === "granted"}
      isDisabled={permission !== "default"}
      onChange={() => void Notification.requestPermission().then(setPermission)}
    />
  );
}

function SoundSwitch() {
  const [isOn, setOn] = useState(() => ofThisBrowser().get("sound", true));
  const change = (value: boolean) => {
    ofThisBrowser().set("sound", value);
    setOn(value);
    if (value) playTone();
  };
  return <Switch label={later().profile.sound} hint={later().profile.soundHint} isOn={isOn} onChange={change} />;
}

interface ChoiceProps<Value extends string> {
  name: string;
  label: string;
  options: Record<Value, string>;
  chosen: Value;
  onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ name, label, options, chosen, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      <div class="choices">
        {(Object.entries(options) as [Value, string][]).map(([value, text]) => (
          <label key={value}>
            <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
