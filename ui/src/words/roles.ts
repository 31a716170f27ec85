import type { AccountView } from "../contract/types";
import { t } from "./index";

/** A person's roles in a few words: "Global Administrator", "Security Reader and 2 more", "No admin role". */
export function rolesInWords(account: Pick<AccountView, "roles">): string {
  if (account.roles === null) return t("shell.roleUnknown");
  const [first, ...others] = account.roles;
  if (first === undefined) return t("shell.noRole");
  return others.length === 0 ? first.name : t("shell.moreRoles", { role: first.name, count: others.length });
}
