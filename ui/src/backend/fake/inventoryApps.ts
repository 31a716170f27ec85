import type {
  Advice,
  AppDetail,
  AppKind,
  CredentialKind,
  CredentialView,
  LastUse,
  NextEnd,
  PersonView,
  SignInAudience,
} from "../../contract/types";
import { LONG } from "./people";

/** The imitation's present day. */
const TODAY = Date.parse("2026-11-20T09:41:00Z");
const DAY = 86_400_000;

/** The moment so many days from the imitation's present one. */
export const inDays = (days: number, hour = 0): string =>
  new Date(Math.floor(TODAY / DAY) * DAY + days * DAY + hour * 3_600_000).toISOString();

/** A credential in short: what, its name, the days until its end (none: it has none), the days since its last use. */
type Credential = [kind: CredentialKind, name: string, days: number | null, usedAgo: number | "never" | "?"];

/** An app in short. */
interface Story {
  name: string;
  credentials?: Credential[];
  kind?: AppKind;
  audience?: SignInAudience;
  owners?: number;
  usedAgo?: number | "never" | "?";
  ageDays?: number;
  connectionId?: string;
  disabled?: boolean;
}

const secret = (name: string, days: number | null, usedAgo: Credential[3] = 0): Credential => [
  "secret",
  name,
  days,
  usedAgo,
];
const certificate = (name: string, days: number, usedAgo: Credential[3] = 0): Credential => [
  "certificate",
  name,
  days,
  usedAgo,
];

/** The apps of the pretend organisation: every state that a real one has. */
const STORIES: Story[] = [
  {
    name: "Totalview Calendar Synchronization",
    credentials: [secret("Totalview", 12, 0)],
    owners: 2,
    connectionId: "connection-totalview",
  },
  {
    name: "Payroll export",
    credentials: [secret("prod-1", 3, 1), secret("prod-0", -41, "never")],
    owners: 1,
  },
  { name: "Visitor screens", credentials: [secret("screens", -4, 4)], owners: 0, usedAgo: 4 },
  { name: "Backup of mail", credentials: [certificate("CN=backup.fjordvik.example", 26, 0)], owners: 2 },
  { name: "Room booking", credentials: [secret("2025", 61, 0)], owners: 3 },
  { name: "Expense approvals", credentials: [secret("expenses", 0, 0)], owners: 1 },
  {
    name: "Intranet sign-in",
    credentials: [["signingCertificate", "CN=Microsoft Azure Federated SSO", 19, "?"]],
    kind: "enterpriseApp",
    owners: 1,
  },
  { name: "Print release", credentials: [secret("", 1, 2)], owners: 1, audience: "AzureADMultipleOrgs" },
  { name: "HR feed", credentials: [secret("hr", 7, 0), secret("hr-old", 5, 190)], owners: 2 },
  { name: "Door access", credentials: [secret("gate", 33, 0)], owners: 1 },
  {
    name: "CRM connector",
    credentials: [secret("crm 2026", 88, 0), secret("crm 2025", -277, "never")],
    owners: 2,
  },
  {
    name: "Deploy from the build server",
    credentials: [["federated", "repo:fjordvik/site:ref:refs/heads/main", null, 0]],
    owners: 2,
  },
  {
    name: "Marketing mailer",
    credentials: [secret("mailer", 140, 0)],
    owners: 1,
    audience: "AzureADandPersonalMicrosoftAccount",
  },
  { name: "Stock levels", credentials: [certificate("CN=stock", 204, 0)], owners: 2 },
  {
    name: "Old telephone system",
    credentials: [secret("pbx", -512, "never"), secret("pbx2", -147, "never")],
    owners: 0,
    usedAgo: "never",
  },
  { name: "Parcel labels", credentials: [secret("labels", 340, 3)], owners: 1 },
  { name: "Badge photos", credentials: [secret("photos", 412, 0)], owners: 2 },
  { name: "Power reports", credentials: [], kind: "enterpriseApp", owners: 1, usedAgo: 6 },
  { name: "Service desk", credentials: [secret("desk", 171, 0)], owners: 2 },
  { name: "Invoice scanner", credentials: [secret("scan", 62, 40)], owners: 1 },
  { name: "Fleet tracker", credentials: [secret("fleet", null, 0)], owners: 1 },
  { name: "Travel desk", credentials: [certificate("CN=travel.fjordvik.example", 300, 0)], owners: 2 },
  { name: "Cold store alarms", credentials: [secret("alarms", 14, 0)], owners: 1 },
  { name: "Document archive", credentials: [secret("archive", 366, 0)], owners: 2 },
  { name: "Quality reports", credentials: [secret("q", 205, "?")], owners: 1, usedAgo: "?" },
  { name: "Kitchen screens", credentials: [secret("kitchen", 240, 0)], owners: 0 },
  {
    name: "Contract signing",
    credentials: [["signingCertificate", "CN=sign", 505, "?"]],
    kind: "enterpriseApp",
    owners: 2,
  },
  { name: "Warehouse gate", credentials: [secret("wg", 206, 0)], owners: 2 },
  { name: "Survey tool", credentials: [secret("survey", 540, 0)], owners: 1 },
  { name: "Translation service", credentials: [secret("t9n", 610, 0)], owners: 1 },
  { name: "Microsoft Graph Command Line Tools", credentials: [], kind: "microsoft", usedAgo: 2 },
  { name: "vm-backup-01", credentials: [certificate("CN=managed", 44, 0)], kind: "managedIdentity" },
  {
    name: "Ordering portal",
    credentials: [certificate("CN=orders", 640, 0), secret("orders", 205, 0)],
    owners: 2,
  },
  { name: "Test of the summer interns", credentials: [secret("abc", 30_000, 412)], owners: 0, usedAgo: 412 },
  { name: "מערכת הזמנות ומשלוחים", credentials: [secret("מפתח ראשי", 47, 0)], owners: 1 },
  {
    name: `${LONG.tenantName}: Sicherungskopien der Verbrauchsabrechnung`,
    credentials: [secret("a-secret-with-a-name-that-somebody-took-very-seriously-in-the-year-2024", 75, 0)],
    owners: 1,
  },
  { name: "年末調整システム", credentials: [secret("本番", 205, 0)], owners: 2 },
  {
    name: "Old intern portal",
    credentials: [secret("x", -90, "never")],
    owners: 1,
    disabled: true,
    usedAgo: "never",
  },
  { name: "Loyalty cards", credentials: [secret("cards", 700, 0)], owners: 1 },
  { name: "Gatehouse", credentials: [], owners: 1, connectionId: "connection-totalview" },
];

/** Their names, in the order of their client ids. */
export const APP_NAMES = STORIES.map(({ name }) => name);

/** The client id of the app with this number. */
export const appIdOf = (index: number): string =>
  `5f2b8c1e-7a4d-4b0e-9c38-${String(index).padStart(12, "0")}`;

/** So many apps: those with a story first, then very many that are all alike. */
export function appsOf(count: number): AppDetail[] {
  return Array.from({ length: count }, (_, index) => detail(index, STORIES[index] ?? plain(index)));
}

function plain(index: number): Story {
  const days = ((index * 37) % 1_140) - 20;
  return {
    name: `Workflow ${index}`,
    credentials:
      index % 9 === 0 ? [] : [secret(`key ${index}`, index % 3 === 0 ? 205 : days, (index * 7) % 400)],
    owners: index % 4,
    usedAgo: (index * 7) % 400,
  };
}

const PEOPLE: PersonView[] = ["Anna Berg", "Karim Haddad", "Maja Lind"].map((name, index) => {
  const address = `${name.toLowerCase().replace(" ", ".")}@fjordvik.example`;
  return { id: `person-${index}`, name, mail: address, upn: address };
});

function detail(index: number, story: Story): AppDetail {
  const { kind = "registration", audience = "AzureADMyOrg" } = story;
  const credentials = (story.credentials ?? [])
    .map((each, place) => credential(each, index, place))
    .sort((left, right) => (left.days ?? 99_999) - (right.days ?? 99_999));
  const next = nextOf(credentials);
  const owners = story.owners ?? null;
  return {
    row: {
      app: {
        objectId:
          kind === "registration" ? `0b1c0000-0000-4000-8000-${String(index).padStart(12, "0")}` : null,
        appId: appIdOf(index),
        name: story.name,
        nextExpiry: next?.at ?? null,
      },
      kind,
      servicePrincipalId: `9e7d0000-0000-4000-8000-${String(index).padStart(12, "0")}`,
      audience: kind === "managedIdentity" ? null : audience,
      disabled: story.disabled ?? false,
      credentials: credentials.length,
      next,
      owners,
      lastSignIn: lastUse(story.usedAgo ?? 0),
      health: null,
      findings: 0,
      createdAt: inDays(-(story.ageDays ?? 120 + ((index * 53) % 900)), 10),
      connectionId: story.connectionId ?? null,
    },
    credentials,
    owners: owners === null ? null : PEOPLE.slice(0, owners),
    findings: [],
    notes: [],
    ...(index === FORBIDS && { insteadOfSecrets: WITHOUT_SECRETS }),
    policy:
      index === FORBIDS
        ? ["Your organisation allows no new client secrets."]
        : index % 5 === 2
          ? [
              "Secrets may live for 6 months at most (180 days).",
              "Certificates may live for 24 months at most.",
            ]
          : [],
    at: new Date(TODAY).toISOString(),
  };
}

/** An app of whose organisation's part no secret may be made. */
const FORBIDS = 7;
const WITHOUT_SECRETS: Advice = {
  sentence:
    "Take a certificate: Gatehouse makes one for you. Where the product runs in a service that Microsoft can trust, such as GitHub, Kubernetes or another cloud, a federated credential is better still. It has nothing to keep and nothing that ends. Ask the people who run the product whether it can use one.",
  words: "How to make a federated credential",
  url: "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust",
};

/** The credential that ends next: the first that still works, or the last that ended when none does. */
function nextOf(credentials: CredentialView[]): NextEnd | null {
  const ending = credentials.filter((each) => each.days !== null);
  const first = ending.find((each) => (each.days ?? 0) >= 0) ?? ending[ending.length - 1];
  if (first === undefined || first.endsAt === null || first.days === null) return null;
  return { at: first.endsAt, days: first.days, kind: first.kind, name: first.name };
}

function credential([kind, name, days, usedAgo]: Credential, index: number, place: number): CredentialView {
  const number = String(index * 10 + place).padStart(12, "0");
  return {
    keyId: `77aa0000-0000-4000-8000-${number}`,
    kind,
    name,
    hint: kind === "secret" ? "Q7x" : null,
    thumbprint:
      kind === "federated"
        ? name
        : kind === "secret"
          ? null
          : `A9F31C0D5E7788B2446611${number}0000FFEE`.slice(0, 40),
    startsAt: inDays(-200),
    endsAt: days === null ? null : inDays(days, 23),
    days,
    onEnterpriseApp: kind === "signingCertificate",
    lastUse: lastUse(usedAgo),
    stored: index === 0,
    rotationId: index === 8 ? "rotation-still" : null,
  };
}

function lastUse(ago: number | "never" | "?"): LastUse {
  if (ago === "?")
    return { kind: "unknown", why: "Sign-in records need a licence that this organisation does not have." };
  if (ago === "never") return { kind: "notSeen", since: inDays(-30) };
  return { kind: "used", at: inDays(-ago, 7) };
}
