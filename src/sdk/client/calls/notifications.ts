import type { Page } from "../../../protocol/lists.ts";
import type { Notification, Representation } from "../../../protocol/notifications.ts";
import { pathOf } from "../http.ts";
import { ReactionCalls } from "./reactions.ts";

/**
 * The layer of `Collaboration` about notifications. Settings are the current user's; in privileged mode another user can
 * be named.
 */
export abstract class NotificationCalls extends ReactionCalls {
  /**
   * What the user has not seen, conversation by conversation.
   * @example const { items } = await beseda.getCurrentUserNotifications();
   */
  getCurrentUserNotifications(paging: { count?: number; cursor?: string } = {}): Promise<Page<Notification>> {
    return this.http.request("GET", "/notifications", { query: paging });
  }

  /**
   * Is the user told of every message of a conversation?
   * @param conversation key or id
   * @throws CollaborationError `not_found`; `forbidden` for another user without privileged mode
   * @example const watches = await beseda.getWatchMode("склад");
   */
  async getWatchMode(conversation: string, user?: string): Promise<boolean> {
    const path = pathOf("conversations", conversation, "watch-mode");
    return (await this.http.request<{ watch: boolean }>("GET", path, { query: { user } })).watch;
  }

  /**
   * Tells the user of every message of a conversation, or, in context conversations, only of those addressed to them.
   * @throws CollaborationError `not_found`; `forbidden` for another user without privileged mode
   * @example await beseda.setWatchMode("склад", true);
   */
  async setWatchMode(conversation: string, watch: boolean, user?: string): Promise<void> {
    const path = pathOf("conversations", conversation, "watch-mode");
    await this.http.request("PUT", path, { query: { user }, body: { watch } });
  }

  /**
   * How notifications of a conversation show: `Normal`, or `DontDisturb` without pop-up and sound.
   * @throws CollaborationError `not_found`; `forbidden` for another user without privileged mode
   * @example const representation = await beseda.getConversationNotificationRepresentation("склад");
   */
  async getConversationNotificationRepresentation(conversation: string, user?: string): Promise<Representation> {
    const path = pathOf("conversations", conversation, "notification-representation");
    const options = { query: { user } };
    return (await this.http.request<{ representation: Representation }>("GET", path, options)).representation;
  }

  /**
   * Sets how notifications of a conversation show.
   * @throws CollaborationError `not_found`; `forbidden` for another user without privileged mode
   * @example await beseda.setConversationNotificationRepresentation("склад", "DontDisturb");
   */
  async setConversationNotificationRepresentation(
    conversation: string,
    representation: Representation,
    user?: string,
  ): Promise<void> {
    const path = pathOf("conversations", conversation, "notification-representation");
    await this.http.request("PUT", path, { query: { user }, body: { representation } });
  }

  /**
   * The user has read a conversation up to this message ordinal, on all devices. An open inbox does it cheaper.
   * @throws CollaborationError `not_found`
   * @example await beseda.markRead("склад", message.m);
   */
  async markRead(conversation: string, m: number): Promise<void> {
    await this.http.request("PUT", pathOf("conversations", conversation, "read-marker"), { body: { m } });
  }

  /**
   * Does the user want no pop-up and no sound at all?
   * @example const quiet = await beseda.getDoNotDisturb();
   */
  async getDoNotDisturb(): Promise<boolean> {
    return (await this.http.request<{ doNotDisturb: boolean }>("GET", "/do-not-disturb")).doNotDisturb;
  }

  /**
   * Switches pop-up and sound off or on, for all conversations; the notification centre keeps its entries.
   * @example await beseda.setDoNotDisturb(true);
   */
  async setDoNotDisturb(doNotDisturb: boolean): Promise<void> {
    await this.http.request("PUT", "/do-not-disturb", { body: { doNotDisturb } });
  }
}
