import { Dialog } from "../../design/dialog.tsx";
import { later } from "../words/later.ts";
import { words } from "../words/words.ts";

/** What the keys do. */
export function Help({ onClose }: { onClose: () => void }) {
  const keys: [keys: string, text: string][] = [
    ["Ctrl K", later().help.switcher],
    ["F6", later().help.regions],
    ["Alt ↓ ↑", later().help.next],
    ["↓ ↑", later().help.arrows],
    ["Enter", later().help.send],
    ["Shift Enter", later().help.newLine],
    ["↑", later().help.edit],
    ["Ctrl F", later().help.search],
    ["Esc", later().help.close],
    ["?", later().help.help],
  ];
  return (
    <Dialog title={later().help.title} closeLabel={words.close} onClose={onClose}>
      <p class="quiet">{later().help.intro}</p>
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
          {later().help.reference}
        </a>
      </p>
    </Dialog>
  );
}
