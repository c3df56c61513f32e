import type { UserDraft, UserPatch, User as WireUser } from "../../protocol/users.ts";
import type { Http } from "./http.ts";

/** A user of the embedding application, as it knows its own. */
export interface InfoBaseUser {
  /** UUID of the application user: the pair is made by it and nothing else. */
  infoBaseUserId: string;
  name: string;
  fullName?: string;
}

type Fields = Omit<WireUser, "id" | "kind" | "external" | "subscriberAdministrator" | "created">;

/**
 * A user being created from an application user. Nothing is saved before {@link write}, which needs privileged mode.
 * @example
 * const user = beseda.createUser({ infoBaseUserId, name: "Борис" });
 * user.fields.phoneNumber = "+7 495 000-00-00";
 * await user.write();
 */
export class NewUser {
  private readonly http: Http;
  readonly fields: Partial<Fields> & { external?: boolean };

  constructor(http: Http, source: Partial<UserDraft> & { name: string }) {
    this.http = http;
    this.fields = { ...(source as Partial<Fields>), fullName: source.fullName ?? source.name };
  }

  /**
   * Creates the user.
   * @throws CollaborationError `forbidden` without privileged mode, `conflict` when the pair exists
   * @example const { id } = await beseda.createUser({ infoBaseUserId, name: "Борис" }).write();
   */
  write(): Promise<WireUser> {
    return this.http.request("POST", "/users", { body: this.fields });
  }
}

export type UserChanges = UserPatch;
