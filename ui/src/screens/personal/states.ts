import type { Tone } from "../../components/StateWord";
import type { PersonalConnection, PersonalRequest, PersonalState } from "../../contract/types";

/** How each state of a connection looks; its words are under `personalState.`. */
export const STATE_TONES: Record<PersonalState["kind"], Tone> = {
  works: "good",
  reconnect: "warn",
  vaultClosed: "wait",
  offline: "wait",
  notLooked: "info",
};

/** Where a look is the first thing to do; its button then stands with the page's own. */
export const looksFirst = (state: PersonalState): boolean =>
  state.kind === "offline" || state.kind === "notLooked";

/** What connects the same account once more, for these features. */
export function sameAgain(connection: PersonalConnection, features = connection.features): PersonalRequest {
  return {
    cloud: connection.cloud,
    clientId: connection.clientId,
    accounts: connection.personal
      ? { kind: "personal" }
      : { kind: "organisation", tenant: connection.tenantId },
    features,
    connectionId: connection.id,
    loginHint: connection.upn,
    product: connection.product,
  };
}
