import { standardUsers } from "../../../src/sdk/client/index.ts";
import { Avatar } from "../../design/avatar.tsx";
import { IconButton } from "../../design/button.tsx";
import { MenuButton } from "../../design/menu.tsx";
import type { MenuEntry } from "../../design/menu-list.tsx";
import { toasts } from "../../design/toast.tsx";
import { useWatched } from "../../design/watched.ts";
import { partnerOf, titleOf } from "../conversations/title.ts";
import { Face, PersonName } from "../people/person.tsx";
import { addressOf, copy } from "../shell/copying.ts";
import { pathOf, route } from "../shell/route.ts";
import { useSite } from "../shell/site.ts";
import { say } from "../words/problem.ts";
import { words } from "../words/words.ts";
import type { About } from "./about.ts";
import type { Panel } from "./panel.tsx";
import type { Typing } from "./typing.ts";

interface Props {
  id: string;
  about: About | undefined;
  typing: Typing;
  panel: Panel;
  onPanel: (panel: Panel) => void;
}

/** Whom or what it is about, and what can be done with all of it. */
export function ConversationHeader({ id, about, typing, panel, onPanel }: Props) {
  const site = useSite();
  useWatched(site.people, site.list, typing);
  const partner = about && partnerOf(about, site.me.id);
  const toggle = (wanted: Panel) => onPanel(panel === wanted ? undefined : wanted);
  return (
    <header class="conversation-head">
      <span class="only-narrow">
        <IconButton icon="back" label={words.back} onClick={() => route.back()} />
      </span>
      {about && (partner === undefined ? <Avatar id={id} name={about.title} square /> : <Face id={partner} />)}
      <div class="heading">
        <h1 id="conversation-title">
          {about &&
            (partner === undefined ? <span class="cut">{titleOf(about, site)}</span> : <PersonName id={partner} />)}
        </h1>
        <p class={`quiet cut ${typing.users.length > 0 ? "is-typing" : ""}`}>
          {typing.users.length > 0
            ? words.conversation.typing(typing.users.map((user) => site.people.nameOf(user)))
            : about && secondLineOf(about)}
        </p>
      </div>
      <IconButton
        icon="search"
        label={words.conversation.search}
        aria-pressed={panel === "search"}
        onClick={() => toggle("search")}
      />
      <IconButton
        icon="info"
        label={words.conversation.details}
        aria-pressed={panel === "details"}
        onClick={() => toggle("details")}
      />
      <ConversationMenu id={id} />
    </header>
  );
}

function secondLineOf({ group, conversationContext, members, memberCount }: About): string {
  if (conversationContext !== undefined) return words.conversation.aboutObject;
  if (!group) return words.conversation.oneToOne;
  if (members?.includes(standardUsers.allApplicationUsers)) return words.conversation.everybody;
  return memberCount === undefined ? "" : words.conversation.members(memberCount);
}

function ConversationMenu({ id }: { id: string }) {
  const site = useSite();
  const { list, beseda } = site;
  const isQuiet = list.known.get(id)?.representation === "DontDisturb";
  const setQuiet = async () => {
    try {
      await beseda.setConversationNotificationRepresentation(id, isQuiet ? "Normal" : "DontDisturb");
      list.settings(id, { representation: isQuiet ? "Normal" : "DontDisturb" });
    } catch (error) {
      toasts.show({ text: say(error) });
    }
  };
  const entries: MenuEntry[] = [
    {
      icon: isQuiet ? "bell" : "bellOff",
      label: isQuiet ? words.conversation.quietOff : words.conversation.quietOn,
      onPick: () => void setQuiet(),
    },
    {
      icon: "link",
      label: words.conversation.copyLink,
      onPick: () => copy(addressOf(pathOf({ name: "conversation", id }), site.origin), words.message.linkCopied),
    },
  ];
  return <MenuButton label={words.conversation.more} entries={entries} />;
}
