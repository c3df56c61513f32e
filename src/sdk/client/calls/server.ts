import type { RegistrationState, Subscriber } from "../../../protocol/registration.ts";
import { accessCodeHeader } from "../../../protocol/wire.ts";
import { CollaborationError, isCollaborationError } from "../errors.ts";
import { type Http, pathOf } from "../http.ts";

const notRegistered: RegistrationState = {
  infoBaseRegistered: false,
  canUse: false,
  serverAddress: "",
  serverVersion: "",
  currentUserIsSubscriberAdministrator: false,
};

const withCode = (code: string | undefined) => (code === undefined ? {} : { headers: { [accessCodeHeader]: code } });

/** The layer of `Collaboration` about the server, the registration and the subscriber. */
export abstract class ServerCalls {
  protected readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  /**
   * Address of the server, or an empty string when the application is not registered.
   * @example console.log(await beseda.serverAddress()); // https://beseda.example
   */
  async serverAddress(): Promise<string> {
    return (await this.registration()).serverAddress;
  }

  /**
   * Version of the server, or an empty string when the application is not registered.
   * @example console.log(await beseda.serverVersion()); // 0.1.0
   */
  async serverVersion(): Promise<string> {
    return (await this.registration()).serverVersion;
  }

  /**
   * Is the application registered, and the registration not cancelled?
   * @example if (!(await beseda.infoBaseRegistered())) showHowToRegister();
   */
  async infoBaseRegistered(): Promise<boolean> {
    return (await this.registration()).infoBaseRegistered;
  }

  /**
   * Can the system be used: registered, and with users?
   * @example chatButton.hidden = !(await beseda.canUse());
   */
  async canUse(): Promise<boolean> {
    return (await this.registration()).canUse;
  }

  /**
   * Can files be attached to messages: does the server keep files?
   * @throws CollaborationError `not_registered`
   * @example attachButton.hidden = !(await beseda.attachmentsSupported());
   */
  async attachmentsSupported(): Promise<boolean> {
    if (await this.infoBaseRegistered())
      return (await this.http.request<{ attachmentsSupported: boolean }>("GET", "/server")).attachmentsSupported;
    throw new CollaborationError({
      code: "not_registered",
      status: 409,
      detail: "The application is not registered on this server",
      nextStep: "Register the application, then repeat the call.",
    });
  }

  /**
   * Does the server make previews of links?
   * @example const preview = (await beseda.linkPreviewsSupported()) && (await beseda.getLinkPreview(url));
   */
  async linkPreviewsSupported(): Promise<boolean> {
    return (await this.http.request<{ linkPreviews: boolean }>("GET", "/server")).linkPreviews;
  }

  /**
   * Does the current user administer the subscriber? false when not registered.
   * @example if (await beseda.currentUserIsSubscriberAdministrator()) showAdministration();
   */
  async currentUserIsSubscriberAdministrator(): Promise<boolean> {
    return (await this.registration()).currentUserIsSubscriberAdministrator;
  }

  /**
   * The subscriber's address.
   * @throws CollaborationError `forbidden` for everybody but subscriber administrators
   * @example const email = await beseda.subscriberEmail();
   */
  async subscriberEmail(): Promise<string> {
    return (await this.subscriber()).email;
  }

  /**
   * Is there an administration key that works? The key itself cannot be read: it is shown once, when it is issued.
   * @throws CollaborationError `forbidden` for everybody but subscriber administrators
   * @example if (!(await beseda.hasAdministrationKey())) offerToIssueOne();
   */
  async hasAdministrationKey(): Promise<boolean> {
    return (await this.subscriber()).hasAdministrationKey;
  }

  /**
   * Replaces the subscriber's address, in two steps: without a code one is sent to the new address, with it the address
   * takes effect.
   * @returns whether the new address is in effect
   * @throws CollaborationError `forbidden` for everybody but subscriber administrators; `validation` for a wrong code;
   * `conflict` when another subscriber has the address
   * @example
   * await beseda.setSubscriberEmail("office@romashka.example");
   * await beseda.setSubscriberEmail("office@romashka.example", codeFromThatMailbox);
   */
  async setSubscriberEmail(email: string, activationCode?: string): Promise<boolean> {
    const { confirming } = await this.http.request<{ confirming?: string }>("PATCH", "/subscriber", {
      body: { email, activationCode },
    });
    return confirming === undefined;
  }

  /**
   * Makes a user an administrator of the subscriber.
   * @param accessCode the administration key or a temporary code; administrators need none
   * @throws CollaborationError `forbidden` when the code is absent or wrong
   * @example await beseda.addToSubscriberAdministrators(boris, codeFromTheMailbox);
   */
  async addToSubscriberAdministrators(user: string, accessCode?: string): Promise<void> {
    await this.http.request("PUT", pathOf("subscriber", "administrators", user), withCode(accessCode));
  }

  /**
   * Takes that status away.
   * @param accessCode the administration key or a temporary code; administrators need none
   * @throws CollaborationError `forbidden` when the code is absent or wrong
   * @example await beseda.excludeFromSubscriberAdministrators(boris);
   */
  async excludeFromSubscriberAdministrators(user: string, accessCode?: string): Promise<void> {
    await this.http.request("DELETE", pathOf("subscriber", "administrators", user), withCode(accessCode));
  }

  /**
   * A new administration key; the old one stops working at once. The server shows it this one time.
   * @throws CollaborationError `forbidden` for everybody but subscriber administrators
   * @example keepSafe(await beseda.getNewAdministrationKey());
   */
  async getNewAdministrationKey(): Promise<string> {
    const path = "/subscriber/administration-key";
    return (await this.http.request<{ administrationKey: string }>("POST", path)).administrationKey;
  }

  /**
   * Sends a temporary code, good for 24 hours or one use, to the subscriber's mailbox.
   * @throws CollaborationError `limit_exceeded` after too many codes in a day
   * @example await beseda.sendTemporaryCode();
   */
  async sendTemporaryCode(): Promise<void> {
    await this.http.request("POST", "/subscriber/temporary-codes");
  }

  private subscriber(): Promise<Subscriber> {
    return this.http.request("GET", "/subscriber");
  }

  /** An application without registration has no token to ask with; the answer is known all the same. */
  private async registration(): Promise<RegistrationState> {
    try {
      return await this.http.request<RegistrationState>("GET", "/registration");
    } catch (error) {
      if (isCollaborationError(error, "not_registered")) return notRegistered;
      throw error;
    }
  }
}
