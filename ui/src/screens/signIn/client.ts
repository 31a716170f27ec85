import type { ClientChoice, CloudId, OrganisationClient } from "../../contract/types";
import { t } from "../../words";

/** Which of the three ways to a client id is chosen: a known organisation (by place in the list), typed, or bootstrap. */
export type Way = { kind: "known"; index: number } | { kind: "typed" } | { kind: "bootstrap" };

/** The answers of the form. */
export interface ClientAnswers {
  way: Way;
  tenant: string;
  clientId: string;
  agreed: boolean;
  cloud: CloudId;
}

/** What is missing or does not fit, by question. */
export interface ClientIssues {
  tenant?: string;
  clientId?: string;
  agreed?: string;
}

const CLIENT_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Looks at the answers; an empty result means that one may go on. */
export function lookAt(answers: ClientAnswers): ClientIssues {
  const issues: ClientIssues = {};
  if (answers.way.kind === "typed") {
    if (answers.tenant.trim() === "") issues.tenant = t("signIn.tenantMissing");
    if (answers.clientId.trim() === "") issues.clientId = t("signIn.clientIdMissing");
    else if (!CLIENT_ID.test(answers.clientId.trim())) issues.clientId = t("signIn.clientIdShape");
  }
  if (answers.way.kind === "bootstrap" && !answers.agreed) issues.agreed = t("signIn.bootstrapAgreeMissing");
  return issues;
}

/** The choice that goes to the application. */
export function choiceOf(
  answers: ClientAnswers,
  known: OrganisationClient[],
): { cloud: CloudId; client: ClientChoice } {
  if (answers.way.kind === "bootstrap") return { cloud: answers.cloud, client: { kind: "bootstrap" } };
  const organisation = answers.way.kind === "known" ? known[answers.way.index] : undefined;
  if (organisation !== undefined) {
    return {
      cloud: organisation.cloud,
      client: { kind: "registered", clientId: organisation.clientId, tenant: organisation.tenantId },
    };
  }
  return {
    cloud: answers.cloud,
    client: { kind: "registered", clientId: answers.clientId.trim(), tenant: answers.tenant.trim() },
  };
}
