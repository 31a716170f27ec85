import type {
  AccountKind,
  CloudId,
  Invitation,
  OrganisationClient,
  PersonalFeature,
  PersonalRequest,
  PracticeView,
} from "../../../contract/types";
import { t } from "../../../words";

/** What can be looked at only, or changed too. */
export type Kind = "calendar" | "mail" | "contacts";
/** How much of it. */
export type Depth = "none" | "look" | "change";

/** Each kind with its feature for looking and its feature for changing. */
export const KINDS: Record<Kind, { look: PersonalFeature; change: PersonalFeature }> = {
  calendar: { look: "calendarRead", change: "calendarWrite" },
  mail: { look: "mailRead", change: "mailWrite" },
  contacts: { look: "contactsRead", change: "contactsWrite" },
};

/** In the order in which people read them. */
const ORDER: PersonalFeature[] = [
  "calendarRead",
  "calendarWrite",
  "mailRead",
  "mailWrite",
  "mailSend",
  "contactsRead",
  "contactsWrite",
];

/** How much of a kind is chosen. */
export function depthOf(features: PersonalFeature[], kind: Kind): Depth {
  if (features.includes(KINDS[kind].change)) return "change";
  return features.includes(KINDS[kind].look) ? "look" : "none";
}

/** The features with another depth of one kind. */
export function withDepth(features: PersonalFeature[], kind: Kind, depth: Depth): PersonalFeature[] {
  const { look, change } = KINDS[kind];
  const others = features.filter((each) => each !== look && each !== change);
  return inOrder(depth === "none" ? others : [...others, KINDS[kind][depth]]);
}

/** The features with or without sending. */
export const withSending = (features: PersonalFeature[], on: boolean): PersonalFeature[] =>
  inOrder([...features.filter((each) => each !== "mailSend"), ...(on ? (["mailSend"] as const) : [])]);

/** The features of both; who may change need not also look. */
export function together(features: PersonalFeature[], more: PersonalFeature[]): PersonalFeature[] {
  const all = [...features, ...more];
  const covered = Object.values(KINDS).flatMap(({ look, change }) => (all.includes(change) ? [look] : []));
  return inOrder(all.filter((each) => !covered.includes(each)));
}

const inOrder = (features: PersonalFeature[]) => ORDER.filter((each) => features.includes(each));

/** Which product: the one of the invitation, the Gatehouse of a known organisation (by place in the list), or a typed one. */
export type AppWay = { kind: "invited" } | { kind: "known"; index: number } | { kind: "typed" };

/** What a person answers, screen by screen. */
export interface ConnectAnswers {
  features: PersonalFeature[];
  app: AppWay;
  clientId: string;
  product: string;
  cloud: CloudId;
  accounts: AccountKind["kind"];
  tenant: string;
}

/** A decision, one to a screen; the last is the look at what follows from them. */
export type Step = "features" | "app" | "accounts" | "lookAt";

/** The decisions that there are. The Gatehouse of an organisation lets in that organisation's people, so nothing is asked there. */
export const stepsOf = (answers: ConnectAnswers): Step[] =>
  answers.app.kind === "known" ? ["features", "app", "lookAt"] : ["features", "app", "accounts", "lookAt"];

/** What is missing or does not fit, by question. */
export interface ConnectIssues {
  features?: string;
  clientId?: string;
  product?: string;
  tenant?: string;
}

const CLIENT_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Where a person begins, with what an invitation has filled in. */
export function firstAnswers(
  invitation: Invitation | undefined,
  known: OrganisationClient[],
  practice: PracticeView | null,
): ConnectAnswers {
  if (invitation !== undefined) {
    const { accounts } = invitation;
    return {
      features: inOrder(invitation.features),
      app: { kind: "invited" },
      clientId: invitation.clientId,
      product: invitation.product,
      cloud: invitation.cloud,
      accounts: accounts.kind,
      tenant: accounts.kind === "organisation" ? accounts.tenant : "",
    };
  }
  return {
    features: [],
    app: { kind: "typed" },
    clientId: practice?.product?.clientId ?? "",
    product: practice?.product?.name ?? "",
    cloud: practice !== null ? "practice" : (known[0]?.cloud ?? "global"),
    accounts: "work",
    tenant: "",
  };
}

/** The answers after the choice of a product. The Gatehouse of an organisation takes the accounts of that organisation. */
export function withApp(answers: ConnectAnswers, app: AppWay, known: OrganisationClient[]): ConnectAnswers {
  const organisation = app.kind === "known" ? known[app.index] : undefined;
  return organisation === undefined
    ? { ...answers, app }
    : { ...answers, app, cloud: organisation.cloud, accounts: "organisation", tenant: organisation.tenantId };
}

/** What one step still lacks; an empty result means that one may go on. */
export function lookAt(step: Step, answers: ConnectAnswers): ConnectIssues {
  const issues: ConnectIssues = {};
  if (step === "features" && answers.features.length === 0) issues.features = t("connect.featuresMissing");
  if (step === "app" && answers.app.kind === "typed") {
    const clientId = answers.clientId.trim();
    if (answers.product.trim() === "") issues.product = t("connect.productMissing");
    if (clientId === "") issues.clientId = t("connect.clientIdMissing");
    else if (!CLIENT_ID.test(clientId)) issues.clientId = t("connect.clientIdShape");
  }
  if (step === "accounts" && answers.accounts === "organisation" && answers.tenant.trim() === "")
    issues.tenant = t("connect.tenantMissing");
  return issues;
}

/** The request that goes to the application. */
export function requestOf(answers: ConnectAnswers, known: OrganisationClient[]): PersonalRequest {
  const organisation = answers.app.kind === "known" ? known[answers.app.index] : undefined;
  return {
    cloud: answers.cloud,
    clientId: organisation?.clientId ?? answers.clientId.trim(),
    accounts:
      answers.accounts === "organisation"
        ? { kind: "organisation", tenant: answers.tenant.trim() }
        : { kind: answers.accounts },
    features: answers.features,
    connectionId: null,
    loginHint: null,
    product: organisation === undefined ? answers.product.trim() : null,
  };
}
