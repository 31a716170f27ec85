import type {
  ManifestReview,
  PermissionReport,
  RedirectUri,
  RegistrationSummary,
  RegistrationView,
} from "../../contract/types";
import { truths } from "./connections";
import { found } from "./found";
import type { Handlers } from "./index";
import { APP_NAMES } from "./inventoryApps";
import { audienceOffers } from "./moreConnectors";
import { ANNA, LONG } from "./people";
import {
  AAD_USER_READ,
  CALENDARS_READ,
  CALENDARS_SHARED,
  delegated,
  EWS_DELEGATED,
  GRAPH_USER_READ,
  MAIL_READ,
  MAIL_SEND,
  USERS_READ,
} from "./permissionWords";

/** The apps of the pretend organisation: a few with a story, and very many without. */
export const REGISTRATIONS: RegistrationSummary[] = Array.from({ length: 5_000 }, (_, index) => ({
  objectId: `0b1c0000-0000-4000-8000-${String(index).padStart(12, "0")}`,
  appId: `5f2b8c1e-7a4d-4b0e-9c38-${String(index).padStart(12, "0")}`,
  name: APP_NAMES[index] ?? `Workflow ${index}`,
  nextExpiry: index % 3 === 0 ? null : new Date(Date.UTC(2026, 10, 2 + (index % 400))).toISOString(),
}));

/** One app, by its client id; the registrations of set-ups are among them. */
export function registration(appId: string): RegistrationSummary {
  const known = REGISTRATIONS.find((each) => each.appId === appId);
  if (known !== undefined) return known;
  const made: Record<string, string> = {
    "5f2b8c1e-7a4d-4b0e-9c38-2d61f0a79a41": "Totalview Calendar Synchronization",
    "a1c4d9f3-3b6e-4f72-8e15-90b7c2d4e6f8": "Totalview E-Mail Sending",
    "c3b1e0d7-1f5a-4c62-9d0e-77aa12bb34cc": "Certero for Microsoft 365",
  };
  const name = found(made[appId]);
  return { objectId: `0b1c${appId.slice(4)}`, appId, name, nextExpiry: "2026-12-02T00:00:00Z" };
}

function view(appId: string, long: boolean): RegistrationView {
  const summary = registration(appId);
  const web = (uri: string): RedirectUri => ({ platform: "web", uri });
  const expected = web("https://fjordvik.sensehq.com/settings/calendar-sync/auth-result");
  const almost = web("https://fjordvik.sensehq.com/settings/calendar-sync/auth-result/");
  const redirects = [almost, { platform: "public" as const, uri: "http://localhost" }];
  if (long)
    redirects.push(
      web(`https://${"very-long-name-of-a-department.".repeat(4)}example/${"back/".repeat(12)}`),
    );
  const visitor = summary.name === "Visitor screens";
  return {
    registration: long ? { ...summary, name: `${LONG.tenantName} ${summary.name}` } : summary,
    tenantId: ANNA.tenantId,
    servicePrincipalId: "9e7d8c1e-7a4d-4b0e-9c38-2d61f0a79a41",
    createdAt: "2025-03-04T10:00:00Z",
    audience: "AzureADMyOrg",
    audienceSentence: "Only people of this organisation can sign in.",
    audiences: audienceOffers,
    redirects: visitor ? [] : redirects,
    expectedRedirects: visitor
      ? []
      : [
          {
            redirect: expected,
            present: false,
            sentence:
              "This address is missing. One that is nearly the same is there: it ends in “/”. Microsoft compares them letter by letter.",
          },
        ],
    owners: visitor ? [] : [{ id: "person-0", name: ANNA.name, mail: ANNA.upn, upn: ANNA.upn }],
    connectionId: null,
  };
}

function report(appId: string): PermissionReport {
  return {
    registration: registration(appId),
    servicePrincipalId: "9e7d8c1e-7a4d-4b0e-9c38-2d61f0a79a41",
    permissions: [
      truths(CALENDARS_READ, { kind: "yes" }, { kind: "yes" }),
      truths(USERS_READ, { kind: "yes" }, { kind: "unknown", why: "Its secret is not on this computer." }),
      truths(MAIL_READ, { kind: "no" }, { kind: "no" }),
    ],
    canGrantMore: true,
    problems: [],
    at: "2026-11-20T09:41:00Z",
  };
}

const UNKNOWN = delegated(
  "5b07b0dd-0000-4dd3-b30d-5b07b0dd5b07",
  "5b07b0dd-0000-4dd3-b30d-5b07b0dd5b07",
  "A permission that nobody here knows",
  {
    resource: "00000002-0000-0ff1-ce00-000000000000",
    risk: "high",
    riskReason: "What it allows is not known.",
  },
);

function manifest(text: string, appId: string | null): ManifestReview {
  const nothing = { entries: [], onlyThere: [], problems: [], sentence: "" };
  if (!text.includes("resourceAccess")) {
    return {
      ...nothing,
      problems: [
        {
          line: 1,
          field: "",
          sentence:
            "There is no “requiredResourceAccess” in this text. Copy that part of the manifest, with its brackets.",
        },
      ],
    };
  }
  const already = (is: boolean) => (appId === null ? null : is);
  return {
    entries: [
      { permission: CALENDARS_SHARED, known: true, already: already(false) },
      { permission: GRAPH_USER_READ, known: true, already: already(true) },
      { permission: EWS_DELEGATED, known: true, already: already(false) },
      { permission: AAD_USER_READ, known: true, already: already(false) },
      { permission: UNKNOWN, known: false, already: already(false) },
    ],
    onlyThere: appId === null ? [] : [CALENDARS_READ, USERS_READ],
    problems: [],
    sentence: "4 permissions would be new, 1 is there already, and 2 are there that the text does not have.",
  };
}

/** Commands about single registrations. */
export const registrationHandlers = {
  registrations_search: (world, part) => {
    if (world.bare) return [];
    const wanted = part.toLowerCase();
    return REGISTRATIONS.filter((each) => `${each.name} ${each.appId}`.toLowerCase().includes(wanted)).slice(
      0,
      500,
    );
  },
  permission_report: (_, { appId }) => report(appId),
  registration_view: (world, { appId }) => view(appId, world.status.activeAccount === LONG.id),
  manifest_review: (_, { text, appId }) => manifest(text, appId),
  permission_name_check: (_, written) => {
    const name = written.trim();
    if (name.toLowerCase() === "email.send") {
      return [
        {
          written: name,
          permission: MAIL_SEND,
          exact: false,
          sentence: "There is no “Email.Send”. Microsoft calls it Mail.Send.",
        },
      ];
    }
    const all = [MAIL_SEND, MAIL_READ, CALENDARS_READ, USERS_READ];
    return all
      .filter(({ value }) => value.toLowerCase() === name.toLowerCase())
      .map((permission) => ({
        written: name,
        permission,
        exact: true,
        sentence: "This is Microsoft’s name.",
      }));
  },
} satisfies Partial<Handlers>;
