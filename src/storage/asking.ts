import { callBack } from "./callback.ts";
import { configOf } from "./config.ts";
import type { ApplicationRecord } from "./directory/applications.ts";
import { directoryOf } from "./directory/database.ts";
import { trustedGrants } from "./directory/trusted.ts";
import { usersByReferences } from "./directory/users.ts";

/** What a door or a consumer needs to ask an application for Read rights. */
export function askingOf(env: Env, application: ApplicationRecord) {
  const config = configOf(env);
  return {
    application,
    secret: config.secret,
    remembered: trustedGrants,
    people: (ids: readonly string[]) => usersByReferences(directoryOf(env, application.id), application.id, ids),
    call: (url: string, body: string, signature: string) =>
      callBack({
        url,
        body,
        signature,
        timeoutMs: config.callbackTimeoutMs,
        allowPrivate: config.allowPrivateCallbacks,
      }),
  };
}
