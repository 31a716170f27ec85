import type { ConnectedGrant, ConnectedPerson, PermissionWords } from "../../contract/types";

/** Permissions that only say who it is: not worth a line where there are others. */
const IDENTITY = new Set(["openid", "profile", "email", "offline_access"]);

/** The permissions of a grant that are worth a line. */
export function told(grant: ConnectedGrant): PermissionWords[] {
  const others = grant.permissions.filter(({ value }) => !IDENTITY.has(value.toLowerCase()));
  return others.length > 0 ? others : grant.permissions;
}

/** Those whose name, sign-in name or permissions have these letters. */
export function fitting(people: readonly ConnectedPerson[], letters: string): readonly ConnectedPerson[] {
  const wanted = letters.trim().toLocaleLowerCase();
  if (wanted === "") return people;
  const has = (text: string | null) => text?.toLocaleLowerCase().includes(wanted) ?? false;
  return people.filter(
    ({ name, upn, id, grant }) =>
      has(name) ||
      has(upn) ||
      has(id) ||
      grant.scopes.some(has) ||
      grant.permissions.some(({ sentence }) => has(sentence)),
  );
}
