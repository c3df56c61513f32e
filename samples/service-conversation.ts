import { type Collaboration, type Conversation, isCollaborationError, standardUsers } from "beseda/client";

/**
 * Illustrates how code on the server sets up a service conversation: people do not see it, every user of the application
 * may subscribe to it, and both sides know its key. It demonstrates a feature and is not a finished tool.
 */
export async function serviceConversation(server: Collaboration, key: string): Promise<Conversation> {
  const conversation = server.createConversation();
  conversation.displayed = false;
  conversation.key = key;
  conversation.members = [standardUsers.allApplicationUsers];
  try {
    return await conversation.write();
  } catch (error) {
    if (isCollaborationError(error, "conflict")) return server.getConversation(key);
    throw error;
  }
}
