import type { Page } from "../../../protocol/lists.ts";
import type { Notification, Representation } from "../../../protocol/notifications.ts";
import type { PushSubscription } from "../../../protocol/push.ts";
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
   * The key with which a device subscribes to push messages, or undefined when the server sends none.
   * @example const applicationServerKey = await beseda.pushKey();
   */
  async pushKey(): Promise<string | undefined> {
    return (await this.http.request<{ pushKey?: string }>("GET", "/server")).pushKey;
  }

  /**
   * Tells the user on this device of what came while nobody listened. To be said again at every start.
   * @param device a random word that the device keeps
   * @throws CollaborationError `not_supported` when the server sends no push messages
   * @example await beseda.setPushSubscription(device, subscription.toJSON());
   */
  async setPushSubscription(device: string, { endpoint, keys }: PushSubscription): Promise<void> {
    await this.http.request("PUT", pathOf("push-subscriptions", device), { body: { endpoint, keys } });
  }

  /**
   * Tells the user on this device no more.
   * @example await beseda.removePushSubscription(device);
   */
  async removePushSubscription(device: string): Promise<void> {
    await this.http.request("DELETE", pathOf("push-subscriptions", device));
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
