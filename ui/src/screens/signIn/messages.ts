import type { PersonalRequest } from "../../contract/types";
import { t } from "../../words";

/**
 * What Microsoft's page can say without sending anybody back: an admin must agree and the page was closed; the account is no
 * member or guest (AADSTS50020, 50034); it is disabled or locked (50057, 50053); a rule blocks it, or nobody assigned it to the
 * app (53003, 50105); the app or its address is not known (700016, 50011). Source:
 * <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>
 */
export const SEEN = ["admin", "account", "off", "rule", "app", "none"] as const;

/** A message that somebody saw. */
export type Message = (typeof SEEN)[number];

/** What can be done where an admin must agree: a letter about this request; the letter that is there; or to ask. None has one. */
export type AskAdmin =
  | { kind: "write"; request: PersonalRequest }
  | { kind: "back" }
  | { kind: "ask" }
  | { kind: "nobody" };

/** The way on after a personal sign-in: only accounts of organisations have an admin. */
export const askAdminFor = (request: PersonalRequest | null): AskAdmin => {
  if (request === null) return { kind: "ask" };
  return request.accounts.kind === "personal" ? { kind: "nobody" } : { kind: "write", request };
};

/** What to do next, and what its button does: write the letter, open the browser once more, or leave the wait. */
export interface NextStep {
  sentence: string;
  way: "write" | "again" | "leave";
  button: string;
}

/** The next step after a message. */
export function stepAfter(seen: Message, admin: AskAdmin, name: string | null): NextStep {
  switch (seen) {
    case "admin":
      if (admin.kind === "write")
        return { sentence: t("stuck.adminWrite"), way: "write", button: t("stuck.adminWriteButton") };
      if (admin.kind === "back")
        return { sentence: t("stuck.adminBack"), way: "leave", button: t("stuck.adminBackButton") };
      return { sentence: t("stuck.adminAsk"), way: "again", button: t("stuck.again") };
    case "account":
      return name === null
        ? { sentence: t("stuck.accountOther"), way: "again", button: t("stuck.accountButton") }
        : { sentence: t("stuck.accountSame", { name }), way: "again", button: t("stuck.again") };
    case "off":
      return { sentence: t("stuck.offNext"), way: "again", button: t("stuck.again") };
    case "rule":
      return { sentence: t("stuck.ruleNext"), way: "again", button: t("stuck.again") };
    case "app":
      return { sentence: t("stuck.appNext"), way: "leave", button: t("stuck.appButton") };
    case "none":
      return { sentence: t("stuck.noneNext"), way: "again", button: t("stuck.again") };
  }
}
