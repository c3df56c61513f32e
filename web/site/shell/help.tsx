import { Dialog } from "../../design/dialog.tsx";
import { words } from "../words/words.ts";

/** What the keys do. */
export function Help({ onClose }: { onClose: () => void }) {
  const keys: [keys: string, text: string][] = [
    ["Ctrl K", words.help.switcher],
    ["F6", words.help.regions],
    ["Alt ↓ ↑", words.help.next],
    ["↓ ↑", words.help.arrows],
    ["Enter", words.help.send],
    ["Shift Enter", words.help.newLine],
    ["↑", words.help.edit],
    ["Ctrl F", words.help.search],
    ["Esc", words.help.close],
    ["?", words.help.help],
  ];
  return (
    <Dialog title={words.help.title} closeLabel={words.close} onClose={onClose}>
      <p class="quiet">{words.help.intro}</p>
      <dl class="keys">
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              {key.split(" ").map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href="/api/" target="_blank" rel="noopener">
          {words.help.reference}
        </a>
      </p>
    </Dialog>
  );
}
