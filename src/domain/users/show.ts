import { administersData, type Caller, isCaller } from "../../protocol/actors.ts";
import type { User } from "../../protocol/users.ts";
import type { UserRow } from "../../storage/directory/users.ts";

/** A user as this caller may see it: matching key and sign-in address are for the person and for administration. */
export function userOf(row: UserRow, caller: Caller, subscriberAdministrator: boolean): User {
  const isClose = isCaller(caller, row.id) || administersData(caller);
  const given = {
    infoBaseUserId: row.infoBaseUserId,
    picture: row.picture,
    phoneNumber: row.phoneNumber,
    email: row.email,
    matchingKey: isClose ? row.matchingKey : null,
    emailForAuthentication: isClose ? row.emailForAuthentication : null,
    externalSystemType: row.externalSystemType,
    externalSystemUserId: row.externalSystemUserId,
  };
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    fullName: row.fullName,
    external: row.kind === "external" || row.kind === "guest",
    isLocked: row.isLocked,
    subscriberAdministrator,
    created: new Date(row.created).toISOString(),
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as Partial<User>),
  };
}
