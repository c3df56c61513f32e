import { countIn } from "../plural.ts";

const count = countIn("en");

/** Conversations, people and messages: their lists, and looking for them. */
export const finding = {
  list: {
    title: "Conversations",
    search: "Conversation or person",
    clear: "Clear the search",
    create: "New conversation",
    emptyTitle: "No conversations yet",
    emptyText: "Start one: give it a title and invite people, or find a person above.",
    nothingTitle: "Nothing found",
    nothingText: "Titles and names are searched. Choose “Messages” to search what people said.",
    failedTitle: "The conversations could not be loaded",
    people: "People",
    unread: (n: number) => count(n, { one: "unread message", other: "unread messages" }),
    waiting: (n: number) => count(n, { one: "conversation with news", other: "conversations with news" }),
    quiet: "Do not disturb",
    noMessages: "No messages yet",
    you: "You:",
    draft: "Draft:",
    deleted: "Message deleted",
  },
  creating: {
    title: "New conversation",
    name: "Title",
    nameHint: "What is it about?",
    members: "Members",
    membersHint: "Type a name",
    create: "Create",
    needsTitle: "Give the conversation a title.",
    needsMembers: "Choose at least one person.",
  },
  people: {
    you: "You",
    unknown: "Unknown person",
    blocked: "Blocked",
    everyone: "Everybody in the application",
    remove: (name: string) => `Remove ${name}`,
    suggestions: "Suggestions",
    showAll: "Show all",
    choose: "Choose people",
    formFailed: "The list of people could not be opened",
    more: "Show more",
  },
  searching: {
    title: "Search in this conversation",
    placeholder: "Words of a message",
    nothing: "No message has these words.",
    hint: "Only this conversation is searched.",
    results: (n: number) => count(n, { one: "message found", other: "messages found" }),
  },
  found: {
    where: "What to search",
    messages: "Messages",
    hint: "Type at least two letters of a word.",
    nothingTitle: "No message has these words",
    nothingText: "All words must be in one message, in any form. In quotes they stand side by side exactly so.",
    notYetTitle: "Nothing found so far",
    notYetText: "There are more conversations and older messages to look through.",
    further: "Search further",
    looking: "Searching…",
    failedTitle: "The messages could not be searched",
    results: (n: number, hasMore: boolean) =>
      `${count(n, { one: "message found", other: "messages found" })}${hasMore ? " so far" : ""}`,
  },
  switcher: {
    title: "Jump to",
    placeholder: "Conversation or person",
    hint: "Arrows choose, Enter opens",
  },
};
