import type { AppError, AppStatus, Invitation, OrganisationClient } from "../../../contract/types";
import { t } from "../../../words";
import { type ConnectAnswers, type ConnectIssues, firstAnswers, lookAt, requestOf } from "../connect/answers";

/** What an admin answers: the same as a person who connects, and the words around it. */
export interface InviteAnswers extends ConnectAnswers {
  organisation: string;
  greeting: string;
}

/** What is missing or does not fit, by question. */
export interface InviteIssues extends ConnectIssues {
  organisation?: string;
  greeting?: string;
}

/** Where an admin begins: with the app that was chosen, or with the own organisation, and its accounts only. */
export function firstInvite(
  status: AppStatus,
  known: OrganisationClient[],
  begun: Invitation | undefined,
): InviteAnswers {
  if (begun !== undefined) {
    const { organisation, greeting } = begun;
    return { ...firstAnswers(begun, known, null), app: { kind: "typed" }, organisation, greeting };
  }
  const active = status.accounts.find((account) => account.id === status.activeAccount);
  return {
    ...firstAnswers(undefined, known, status.practice),
    cloud: active?.cloud ?? "global",
    accounts: active === undefined ? "work" : "organisation",
    tenant: active?.upn.split("@").at(-1) ?? "",
    organisation: active?.tenantName ?? "",
    greeting: "",
  };
}

/** All that the form still lacks. */
export function lookAtInvite(answers: InviteAnswers): InviteIssues {
  const issues: InviteIssues = {
    ...lookAt("features", answers),
    ...lookAt("app", answers),
    ...lookAt("accounts", answers),
  };
  if (answers.product.trim() === "") issues.product = t("invite.productMissing");
  if (answers.organisation.trim() === "") issues.organisation = t("invite.organisationMissing");
  return issues;
}

/** Where the form shows what the application found. */
const PLACES: Record<string, keyof InviteIssues> = {
  clientId: "clientId",
  cloud: "clientId",
  accounts: "tenant",
  features: "features",
  product: "product",
  organisation: "organisation",
  greeting: "greeting",
};

/** What the application found in the answers, by question; what belongs to none of them is left to the note above. */
export function foundInInvite(error: AppError): InviteIssues {
  const known = error.issues.flatMap(({ input, sentence }) => {
    const place = PLACES[input];
    return place === undefined ? [] : [[place, sentence]];
  });
  return Object.fromEntries(known);
}

/** The invitation that the application makes. */
export function invitationOf(answers: InviteAnswers, known: OrganisationClient[]): Invitation {
  const { cloud, clientId, accounts, features } = requestOf(answers, known);
  return {
    cloud,
    clientId,
    accounts,
    features,
    product: answers.product.trim(),
    organisation: answers.organisation.trim(),
    greeting: answers.greeting.trim(),
  };
}
