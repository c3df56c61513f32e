import type { Page } from "../../../protocol/lists.ts";
import type { User } from "../../../protocol/users.ts";
import { pathOf } from "../http.ts";
import { type InfoBaseUser, NewUser, type UserChanges } from "../user.ts";
import type { Paging } from "./paging.ts";
import { ServerCalls } from "./server.ts";

export interface UsersFilter extends Paging {
  /** Id of the last user of the page before. */
  after?: string;
  infoBaseUserId?: string;
  name?: string;
  fullName?: string;
  phoneNumber?: string;
  email?: string;
  emailForAuthentication?: string;
  matchingKey?: string;
  isLocked?: boolean;
  external?: boolean;
}

/** The layer of `Collaboration` about users. */
export abstract class UserCalls extends ServerCalls {
  /**
   * Id of the user that the token speaks for.
   * @example const me = await beseda.currentUserId();
   */
  async currentUserId(): Promise<string> {
    return (await this.getUser("me")).id;
  }

  /**
   * A user by id, or `me`.
   * @throws CollaborationError `not_found`
   * @example const { fullName } = await beseda.getUser(message.author);
   */
  getUser(id: string): Promise<User> {
    return this.http.request("GET", pathOf("users", id));
  }

  /**
   * Id of the user paired with an application user.
   * @throws CollaborationError `not_found`: the signal to create it
   * @example const boris = await beseda.getUserId(infoBaseUserId);
   */
  async getUserId(infoBaseUserId: string): Promise<string> {
    return (await this.http.request<{ id: string }>("GET", pathOf("users", "by-info-base-user", infoBaseUserId))).id;
  }

  /**
   * A user to be written; writing needs privileged mode.
   * @example await beseda.createUser({ infoBaseUserId, name: "Борис" }).write();
   */
  createUser(infoBaseUser: InfoBaseUser): NewUser {
    return new NewUser(this.http, infoBaseUser);
  }

  /**
   * An external user to be written; writing needs privileged mode.
   * @example await beseda.createExternalUser({ name: "Клим", emailForAuthentication: "klim@outside.example" }).write();
   */
  createExternalUser(user: { name: string; emailForAuthentication: string }): NewUser {
    return new NewUser(this.http, { ...user, external: true });
  }

  /**
   * Creates up to 200 users at once; those that exist are returned as they are, with `created` false.
   * @throws CollaborationError `forbidden` without privileged mode; `limit_exceeded`, `validation`
   * @example const made = await beseda.createUsers(people.slice(0, 200));
   */
  async createUsers(users: InfoBaseUser[]): Promise<{ user: User; created: boolean }[]> {
    const options = { body: { users }, isRepeatable: true };
    return (await this.http.request<Page<{ user: User; created: boolean }>>("POST", "/user-batches", options)).items;
  }

  /**
   * Changes a user: one's own profile, or, with rights, anybody's.
   * @throws CollaborationError `forbidden`, `not_found`, `validation`
   * @example await beseda.updateUser("me", { phoneNumber: "+7 495 000-00-00" });
   */
  updateUser(id: string, changes: UserChanges): Promise<User> {
    return this.http.request("PATCH", pathOf("users", id), { body: changes });
  }

  /**
   * One page of the users that the filter fits.
   * @throws CollaborationError `forbidden` without DataAdministration or privileged mode
   * @example const { items } = await beseda.getUsers({ name: "Борис" });
   */
  getUsers(filter: UsersFilter = {}): Promise<Page<User>> {
    return this.http.request("GET", "/users", { query: { ...filter } });
  }

  /**
   * At most 20 users whose name contains the text, of those that the current user may see.
   * @example const suggestions = await beseda.suggestUsers("бор");
   */
  async suggestUsers(text: string): Promise<User[]> {
    return (await this.http.request<Page<User>>("GET", "/user-suggestions", { query: { text } })).items;
  }

  /**
   * Up to 100 users by id, or by the UUID of their application users; those that the current user may not see are left out.
   * @example const authors = await beseda.getProfiles([...new Set(messages.map(({ author }) => author))]);
   */
  async getProfiles(ids: string[]): Promise<User[]> {
    if (ids.length === 0) return [];
    return (await this.http.request<Page<User>>("GET", "/profiles", { query: { ids: ids.join(",") } })).items;
  }
}
