import { useRef, useState } from "preact/hooks";
import { limits } from "../../../src/protocol/limits.ts";
import { Button, IconButton } from "../../design/button.tsx";
import { Skeleton } from "../../design/states.tsx";
import { toasts } from "../../design/toast.tsx";
import { useWatched } from "../../design/watched.ts";
import { AdministrationCard } from "../administration/card.tsx";
import { Face } from "../people/person.tsx";
import { route } from "../shell/route.ts";
import { useSite } from "../shell/site.ts";
import { later } from "../words/later.ts";
import { say } from "../words/problem.ts";
import { words } from "../words/words.ts";
import { pictureOf } from "./picture.ts";
import { Settings } from "./settings.tsx";

/** The user's own page: what others see of them, and how the site behaves for them. */
export function ProfileView({ onSignOut }: { onSignOut: () => void }) {
  const site = useSite();
  useWatched(site);
  const { me } = site;
  return (
    <main class="pane profile-pane scrolls" aria-labelledby="profile-title" data-region tabIndex={-1} id="conversation">
      <header class="pane-head">
        <span class="only-narrow">
          <IconButton icon="back" label={words.back} onClick={() => route.go({ name: "conversations" }, true)} />
        </span>
        <h1 id="profile-title">{later().profile.title}</h1>
      </header>
      {me.created === undefined ? <Skeleton label={words.loading} rows={4} /> : <Own onSignOut={onSignOut} />}
    </main>
  );
}

function Own({ onSignOut }: { onSignOut: () => void }) {
  const { me } = useSite();
  return (
    <div class="profile">
      <PictureField />
      <section class="card">
        <h2>{later().profile.contact}</h2>
        <p class="quiet small">{later().profile.contactHint}</p>
        <ProfileField field="phoneNumber" label={later().profile.phone} type="tel" value={me.phoneNumber ?? ""} />
        <ProfileField field="email" label={later().profile.email} type="email" value={me.email ?? ""} />
      </section>
      <Settings />
      <AdministrationCard />
      <section class="card">
        <h2>{later().profile.devices}</h2>
        <p class="quiet small">{later().profile.signOutHint}</p>
        <span>
          <Button look="danger" onClick={onSignOut}>
            {later().profile.signOut}
          </Button>
        </span>
      </section>
    </div>
  );
}

function PictureField() {
  const site = useSite();
  const { me } = site;
  const input = useRef<HTMLInputElement>(null);
  const save = async (picture: string | null) => {
    try {
      site.noteMe(await site.beseda.updateUser("me", { picture }));
    } catch (error) {
      toasts.show({ text: `${later().profile.notSaved}. ${say(error)}` });
    }
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const picture = await pictureOf(file).catch(() => undefined);
    if (picture) await save(picture);
    else toasts.show({ text: later().profile.badPicture });
  };
  return (
    <section class="card face-card">
      <Face id={me.id} size="large" />
      <div>
        <p class="full-name">{me.fullName || me.name}</p>
        <p class="quiet small">{later().profile.nameHint}</p>
        <span class="buttons">
          <Button onClick={() => input.current?.click()}>{later().profile.choosePicture}</Button>
          {me.picture && <Button onClick={() => void save(null)}>{later().profile.removePicture}</Button>}
        </span>
        <input
          ref={input}
          class="unseen"
          type="file"
          accept="image/*"
          tabIndex={-1}
          aria-hidden="true"
          onChange={({ currentTarget }) => void choose(currentTarget.files?.[0])}
        />
      </div>
    </section>
  );
}

interface FieldProps {
  field: "phoneNumber" | "email";
  label: string;
  type: "tel" | "email";
  value: string;
}

/** A field that is saved when it is left. */
function ProfileField({ field, label, type, value }: FieldProps) {
  const site = useSite();
  const [typed, setTyped] = useState(value);
  const [problem, setProblem] = useState("");
  const save = async () => {
    const wanted = typed.trim();
    if (wanted === value) return setProblem("");
    try {
      site.noteMe(await site.beseda.updateUser("me", { [field]: wanted === "" ? null : wanted }));
      setProblem("");
      toasts.show({ text: later().profile.saved, ms: 2_000 });
    } catch (error) {
      setProblem(`${later().profile.notSaved}. ${say(error)}`);
    }
  };
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="input"
        type="text"
        inputMode={type}
        autocomplete={type}
        maxLength={limits[field]}
        value={typed}
        aria-invalid={problem !== ""}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
      {problem && (
        <span class="problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}
