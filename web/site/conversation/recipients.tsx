import { useState } from "preact/hooks";
import { Icon } from "../../design/icons.tsx";
import { useWatched } from "../../design/watched.ts";
import { PeoplePicker } from "../people/fields-lazily.ts";
import { useSpeaker } from "../shell/speaker.ts";
import { words } from "../words/words.ts";

/** Who is notified of the next message: chosen people, or nobody. */
export function RecipientsLine({ chosen, onChange }: { chosen: string[]; onChange: (chosen: string[]) => void }) {
  const { people } = useSpeaker();
  useWatched(people);
  const [isOpen, setOpen] = useState(false);
  const names = chosen.map((id) => people.nameOf(id)).join(", ");
  return (
    <div class="recipients-line">
      <button type="button" class="text-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name={chosen.length > 0 ? "bell" : "bellOff"} />
        <span class="cut">{chosen.length > 0 ? `${words.composer.notify}: ${names}` : words.composer.nobody}</span>
      </button>
      {chosen.length > 0 && (
        <button type="button" class="text-button" onClick={() => onChange([])}>
          {words.composer.notifyNobody}
        </button>
      )}
      {isOpen && (
        <PeoplePicker
          label={words.composer.addRecipient}
          placeholder={words.composer.addRecipient}
          purpose="MessageRecipient"
          chosen={chosen}
          onChange={onChange}
          isFocused
        />
      )}
    </div>
  );
}
