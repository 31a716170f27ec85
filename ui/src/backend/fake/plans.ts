import type { AccountView, PlanRequest, PlanStep, PlanView, SetupDraft } from "../../contract/types";
import { revocation } from "./connected";
import { GLOBAL_ADMIN } from "./people";
import { CALENDARS_READ, CALENDARS_WRITE, MAIL_SEND, USERS_READ } from "./permissionWords";

const GRAPH = "https://graph.microsoft.com/v1.0";

/** Permissions by feature. */
const NEEDS = {
  calendar: {
    name: "Totalview Calendar Synchronization",
    permissions: [CALENDARS_READ, CALENDARS_WRITE, USERS_READ],
  },
  email: { name: "Totalview E-Mail Sending", permissions: [MAIL_SEND] },
} as const;

type Feature = keyof typeof NEEDS;

/** The steps of a set-up with these features. */
export function planSteps(features: Feature[], mayGrant: boolean): PlanStep[] {
  return features.flatMap((feature) => {
    const { name, permissions } = NEEDS[feature];
    const notByYou = mayGrant ? null : "Only a Global or Privileged Role Administrator may grant this.";
    const step = (
      id: string,
      sentence: string,
      doneSentence: string,
      more: Partial<PlanStep> = {},
    ): PlanStep => ({
      id: `${feature}-${id}`,
      sentence,
      doneSentence,
      group: name,
      writes: true,
      requests: [],
      undo: null,
      already: false,
      notByYou: null,
      ...more,
    });
    return [
      step("app", `Create the app registration “${name}”`, `Created the app registration “${name}”`, {
        requests: [
          {
            method: "PATCH",
            url: `${GRAPH}/applications(uniqueName='gatehouse-5f2b8c1e-${feature}')`,
            body: JSON.stringify({ displayName: name, signInAudience: "AzureADMyOrg" }, null, 2),
          },
        ],
        undo: "The app registration is removed.",
      }),
      step(
        "sp",
        "Make it known in the organisation as an enterprise app",
        "Made it known in the organisation",
        {
          requests: [{ method: "POST", url: `${GRAPH}/servicePrincipals`, body: '{\n  "appId": "…"\n}' }],
          undo: "It goes away with the app registration.",
        },
      ),
      step(
        "grant",
        `Grant ${permissions.map((permission) => permission.value).join(", ")}`,
        `Granted ${permissions.map((permission) => permission.value).join(", ")}`,
        {
          notByYou,
          requests: [{ method: "POST", url: `${GRAPH}/$batch`, body: '{\n  "requests": []\n}' }],
          undo: "The permissions are taken back.",
        },
      ),
      step(
        "secret",
        "Make a client secret that ends in 12 months",
        "Made a client secret, and sealed it on this computer",
        {
          requests: [
            {
              method: "POST",
              url: `${GRAPH}/applications/{id}/addPassword`,
              body: '{\n  "passwordCredential": { "displayName": "Totalview" }\n}',
            },
          ],
          undo: "The secret is removed.",
        },
      ),
    ];
  });
}

const TITLES: Record<
  Exclude<PlanRequest["kind"], "setUp" | "ownRegistration">,
  (organisation: string) => string
> = {
  grant: (organisation) => `Grant permissions in ${organisation}`,
  grantRequest: (organisation) => `Grant permissions in ${organisation}`,
  mergePermissions: () => "Add permissions to an app registration",
  mailboxAccess: () => "Limit whose mailboxes an app reaches",
  changeRegistration: () => "Change an app registration",
  renewCredential: () => "Renew a credential",
  finishRotation: () => "Remove the old credential",
  removeCredentials: () => "Remove credentials",
  removeEnded: () => "Remove 500 credentials of 486 apps",
  revokeConsent: () => "Take back what people allowed",
  addOwner: () => "Add an owner",
  addTrust: () => "Let Totalview trust an outside service",
  reportNames: (organisation) => `Change what usage reports show in ${organisation}`,
};

/** The plan for a request. */
export function planFor(request: PlanRequest, account: AccountView, draft: SetupDraft | undefined): PlanView {
  const mayGrant = account.roles?.some((role) => role.templateId === GLOBAL_ADMIN.templateId) ?? false;
  const mayCreate = (account.roles?.length ?? 0) > 0;
  const base = {
    id: `plan-${request.kind}`,
    account,
    problems: [],
    canRun: true,
    needsOtherPerson: false,
    cannotUndo: ["Microsoft keeps a removed app registration for 30 days before it is gone for good."],
  };
  if (request.kind === "ownRegistration") {
    return {
      ...base,
      title: `Create Gatehouse’s own app registration in ${account.tenantName}`,
      steps: planSteps(["calendar"], true)
        .slice(0, 3)
        .map((step) => ({
          ...step,
          group: "Gatehouse",
          sentence: step.sentence.replaceAll("Totalview Calendar Synchronization", "Gatehouse"),
          doneSentence: step.doneSentence.replaceAll("Totalview Calendar Synchronization", "Gatehouse"),
        })),
      permissions: [USERS_READ],
      secretsExpire: null,
    };
  }
  if (request.kind === "revokeConsent") return revocation(request, base);
  const features = (draft?.features ?? ["calendar", "email"]).filter((f): f is Feature => f in NEEDS);
  const chosen: Feature[] = features.length > 0 ? features : ["calendar"];
  return {
    ...base,
    title:
      request.kind === "setUp"
        ? `Set up ${draft?.connectorName ?? "Totalview"} in ${account.tenantName}`
        : TITLES[request.kind](account.tenantName),
    steps: planSteps(chosen, mayGrant),
    permissions: chosen.flatMap((feature) => [...NEEDS[feature].permissions]),
    problems: mayGrant
      ? []
      : [
          {
            code: "roleMissing",
            blocks: !mayCreate,
            title: mayCreate
              ? "Your role may not grant these permissions."
              : "Your role may not create app registrations.",
            why: mayCreate
              ? "Everything else can be done now. Gatehouse then prepares a request for a person who may grant them."
              : "The organisation lets only admins create them. Gatehouse can prepare a request for a person who may.",
            people: ["Anna Berg (Global Administrator)"],
            action: "askAdmin",
          },
        ],
    canRun: mayCreate,
    needsOtherPerson: mayCreate && !mayGrant,
    secretsExpire: "2027-11-20T00:00:00Z",
  };
}
