import { useEffect, useState } from "preact/hooks";
import { type Conversation, standardUsers } from "../../../src/sdk/client/index.ts";
import { Button, IconButton } from "../../design/button.tsx";
import { Icon } from "../../design/icons.tsx";
import { toasts } from "../../design/toast.tsx";
import { useWatched } from "../../design/watched.ts";
import { openWith } from "../conversations/opening.ts";
import { PeoplePicker } from "../people/fields-lazily.ts";
import { Face, PersonName } from "../people/person.tsx";
import { route } from "../shell/route.ts";
import { useSite } from "../shell/site.ts";
import { say } from "../words/problem.ts";
import { date, words } from "../words/words.ts";
import { Files } from "./files.tsx";
import type { History } from "./history.ts";
import { NotificationSettings } from "./notification-settings.tsx";
import { SidePanel } from "./panel.tsx";
import { TitleField } from "./title-field.tsx";

/** Who is in it, how it notifies, its files, and what its members may change. */
export function Details({ history, onClose }: { history: History; onClose: () => void }) {
  const site = useSite();
  useWatched(history, site.people);
  const view = history.conversation;
  const [conversation, setConversation] = useState<Conversation>();
  useEffect(() => {
    site.beseda.getConversation(history.id).then(setConversation, () => undefined);
  }, []);
  if (!view) return null;
  const { conversationContext, group, viewOnly, creator, created } = view;
  const isChangeable = group && !viewOnly && conversationContext === undefined;
  return (
    <SidePanel title={words.details.title} onClose={onClose}>
      {isChangeable && conversation && <TitleField conversation={conversation} title={view.title} />}
      <NotificationSettings id={history.id} isContext={conversationContext !== undefined} />
      {conversationContext === undefined && (
        <Members history={history} conversation={conversation} isChangeable={isChangeable} />
      )}
      <Files history={history} />
      <p class="quiet small">
        {words.details.created(date(new Date(created)))}
        {creator !== undefined && ` · ${words.details.by(site.people.nameOf(creator))}`}
      </p>
      {isChangeable && conversation && <Leaving conversation={conversation} />}
    </SidePanel>
  );
}

interface MembersProps {
  history: History;
  conversation: Conversation | undefined;
  isChangeable: boolean;
}

function Members({ history, conversation, isChangeable }: MembersProps) {
  const { me } = useSite();
  const [more, setMore] = useState<string[]>([]);
  const [cursor, setCursor] = useState<string>();
  const [isAdding, setAdding] = useState(false);
  const { members = [], memberCount = 0 } = history.conversation ?? {};
  const shown = [...new Set([...members, ...more])];
  const remove = (user: string) => conversation?.removeMember(user).catch((error) => toasts.show({ text: say(error) }));
  const load = () =>
    conversation?.listMembers({ count: 250, ...(cursor && { cursor }) }).then(
      (page) => {
        setMore([...more, ...page.items.map(({ user }) => user)]);
        setCursor(page.cursor);
      },
      (error: unknown) => toasts.show({ text: say(error) }),
    );
  return (
    <section class="part-of-panel">
      <h3>
        {words.details.members} · {memberCount}
      </h3>
      {isChangeable && conversation && (
        <button type="button" class="person-row add" onClick={() => setAdding(!isAdding)} aria-expanded={isAdding}>
          <span class="avatar-like">
            <Icon name="addPerson" />
          </span>
          {words.details.add}
        </button>
      )}
      {isAdding && conversation && (
        <AddPeople conversation={conversation} without={shown} onDone={() => setAdding(false)} />
      )}
      <ul>
        {shown.map((user) => (
          <li key={user} class="person-row">
            <MemberName user={user} />
            {isChangeable && user !== me.id && <RemoveButton user={user} onRemove={() => void remove(user)} />}
          </li>
        ))}
      </ul>
      {shown.length < memberCount && <Button onClick={() => void load()}>{words.details.moreMembers}</Button>}
    </section>
  );
}

function MemberName({ user }: { user: string }) {
  const site = useSite();
  if (user === standardUsers.allApplicationUsers)
    return (
      <span class="person">
        <span class="avatar-like">
          <Icon name="people" />
        </span>
        {words.people.everyone}
      </span>
    );
  const content = (
    <>
      <Face id={user} size="small" />
      <PersonName id={user} isYou />
    </>
  );
  if (user === site.me.id) return <span class="person">{content}</span>;
  return (
    <button
      type="button"
      class="person"
      title={words.details.write(site.people.nameOf(user))}
      onClick={() => void openWith(site, user)}
    >
      {content}
    </button>
  );
}

function RemoveButton({ user, onRemove }: { user: string; onRemove: () => void }) {
  const { people } = useSite();
  const name = user === standardUsers.allApplicationUsers ? words.people.everyone : people.nameOf(user);
  return <IconButton icon="close" label={words.details.remove(name)} onClick={onRemove} />;
}

interface AddProps {
  conversation: Conversation;
  without: string[];
  onDone: () => void;
}

function AddPeople({ conversation, without, onDone }: AddProps) {
  const [chosen, setChosen] = useState<string[]>([]);
  const add = () => conversation.addMembers(chosen).then(onDone, (error: unknown) => toasts.show({ text: say(error) }));
  return (
    <div class="adding">
      <PeoplePicker
        label={words.details.add}
        placeholder={words.creating.membersHint}
        purpose="ConversationMember"
        chosen={chosen}
        onChange={setChosen}
        without={without}
        isFocused
      />
      <Button look="main" disabled={chosen.length === 0} onClick={() => void add()}>
        {words.details.add}
      </Button>
    </div>
  );
}

function Leaving({ conversation }: { conversation: Conversation }) {
  const [isAsking, setAsking] = useState(false);
  const leave = () =>
    conversation.leave().then(
      () => route.go({ name: "conversations" }, true),
      (error: unknown) => toasts.show({ text: say(error) }),
    );
  return (
    <div class="leaving">
      {isAsking && <p class="quiet">{words.conversation.leaveText}</p>}
      <span class="buttons">
        {isAsking && <Button onClick={() => setAsking(false)}>{words.cancel}</Button>}
        <Button look="danger" onClick={() => (isAsking ? void leave() : setAsking(true))}>
          <Icon name="leave" />
          {words.conversation.leave}
        </Button>
      </span>
    </div>
  );
}
