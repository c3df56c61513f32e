import { useEffect, useState } from "preact/hooks";
import { Switch } from "../../design/switch.tsx";
import { toasts } from "../../design/toast.tsx";
import { type DeviceState, deviceState, switchOff, switchOn } from "../notifications/device.ts";
import { useSite } from "../shell/site.ts";
import { later } from "../words/later.ts";
import { say } from "../words/problem.ts";

/** Being told on this device while Beseda is closed. The browser is asked for its permission by the click alone. */
export function DeviceSwitch() {
  const site = useSite();
  const [state, setState] = useState<DeviceState>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    deviceState(site).then(setState, () => undefined);
  }, [site]);
  if (state === "notOffered") return null;
  const change = async (isOn: boolean) => {
    setBusy(true);
    try {
      setState(await (isOn ? switchOn(site) : switchOff(site)));
    } catch (error) {
      // The switch goes back to where it was.
      setState(undefined);
      setState(await deviceState(site).catch(() => "off" as const));
      toasts.show({ text: error instanceof DOMException ? later().profile.deviceFailed : say(error) });
    }
    setBusy(false);
  };
  return (
    <Switch
      key={String(state)}
      label={later().profile.device}
      hint={hintOf(state)}
      isOn={state === "on"}
      isDisabled={isBusy || (state !== "on" && state !== "off")}
      onChange={(isOn) => void change(isOn)}
    />
  );
}

function hintOf(state: DeviceState | undefined): string {
  const { profile } = later();
  if (state === "denied") return profile.systemDenied;
  if (state === "unsupported") return profile.deviceUnsupported;
  return state === "installFirst" ? profile.deviceInstallFirst : profile.deviceHint;
}
