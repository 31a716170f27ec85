import type { ConnectorView, SetupDraft, SignInPurpose } from "../../contract/types";
import { isAsked } from "./steps";

/** What a session is needed for with these answers, so that one sign-in asks for all of it. */
export function purposesOf(connector: ConnectorView, draft: SetupDraft): SignInPurpose[] {
  const asks = (things: Parameters<typeof isAsked>[0][]) =>
    things.some((each) => isAsked(each, connector, draft));
  const purposes: SignInPurpose[] = ["setUp"];
  if (Object.values(draft.mailboxAccess).some(({ kind }) => kind !== "everyone")) purposes.push("mailboxes");
  if (asks(connector.inputs.filter(({ kind }) => kind.kind === "serviceAccount"))) purposes.push("people");
  if (asks(connector.settings)) purposes.push("reports");
  return purposes;
}
