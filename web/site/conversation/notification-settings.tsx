import { useEffect, useState } from "preact/hooks";
import { Switch } from "../../design/switch.tsx";
import { toasts } from "../../design/toast.tsx";
import { useSite } from "../shell/site.ts";
import { say } from "../words/problem.ts";
import { words } from "../words/words.ts";

/** How this conversation tells the user of its messages. */
export function NotificationSettings({ id, isContext }: { id: string; isContext: boolean }) {
  const { beseda, list } = useSite();
  const [isQuiet, setQuiet] = useState<boolean>();
  const [isWatched, setWatched] = useState<boolean>();
  useEffect(() => {
    beseda.getConversationNotificationRepresentation(id).then(
      (representation) => setQuiet(representation === "DontDisturb"),
      () => undefined,
    );
    beseda.getWatchMode(id).then(setWatched, () => undefined);
  }, []);
  const change = async (set: (value: boolean) => void, value: boolean, write: () => Promise<void>) => {
    set(value);
    try {
      await write();
    } catch (error) {
      set(!value);
      toasts.show({ text: say(error) });
    }
  };
  const changeQuiet = (value: boolean) =>
    change(setQuiet, value, async () => {
      const representation = value ? "DontDisturb" : "Normal";
      await beseda.setConversationNotificationRepresentation(id, representation);
      list.settings(id, { representation });
    });
  return (
    <section class="part-of-panel">
      <h3>{words.details.settings}</h3>
      <Switch
        label={words.details.quiet}
        hint={words.details.quietHint}
        isOn={isQuiet ?? false}
        isDisabled={isQuiet === undefined}
        onChange={(value) => void changeQuiet(value)}
      />
      <Switch
        label={words.details.watch}
        hint={isContext ? words.details.watchHint : undefined}
        isOn={isWatched ?? false}
        isDisabled={isWatched === undefined}
        onChange={(value) => void change(setWatched, value, () => beseda.setWatchMode(id, value))}
      />
    </section>
  );
}
