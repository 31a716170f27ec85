import type {
  AccessPolicyView,
  MailboxAccessView,
  MailboxTest,
  MailboxTestResult,
  PlanProblem,
  ScriptView,
} from "../../contract/types";
import { BackendError } from "../Backend";
import { NEEDS_MAILBOXES } from "./failures";
import type { Handlers } from "./index";
import { registration } from "./registrations";
import { fakeClock, type World } from "./world";

const SCRIPT: ScriptView = {
  title: "Limit the app to the members of a group",
  note: "Run it in Exchange Online PowerShell, as an Exchange Administrator. It does what the plan does.",
  text: `Connect-ExchangeOnline
New-ServicePrincipal -AppId '5f2b8c1e-7a4d-4b0e-9c38-2d61f0a79a41' -ObjectId '9e7d8c1e-7a4d-4b0e-9c38-2d61f0a79a41'
New-ManagementScope -Name 'Gatehouse Totalview' -RecipientRestrictionFilter "MemberOfGroup -eq 'CN=totalview-people,OU=fjordvik.example'"
New-ManagementRoleAssignment -App '9e7d8c1e-7a4d-4b0e-9c38-2d61f0a79a41' -Role 'Application Calendars.ReadWrite' -CustomResourceScope 'Gatehouse Totalview'
`,
};

const POLICY: AccessPolicyView = {
  identity: "fjordvik.example\\5f2b8c1e:S-1-5-21-2026",
  denies: false,
  scope: "Front desk",
  sentence: "The app reaches only the members of “Front desk”.",
  description: "Set up by Karim in 2023",
};

const GRANT = (names: string[]) => ({
  kind: "entraGrant" as const,
  sentence: "Granted in Entra, for every mailbox of the organisation.",
  names,
  scope: null,
});
const ROLE = {
  kind: "exchangeRole" as const,
  sentence: "Assigned in Exchange, for the 14 members of “Totalview people”.",
  names: ["Application Calendars.ReadWrite"],
  scope: "“Totalview people”",
};

const MAY_NOT: PlanProblem = {
  code: "roleMissing",
  blocks: false,
  title: "Your role may not look into Exchange.",
  why: "Only an Exchange or Global Administrator sees which limits stand. What is granted in Entra is known.",
  people: ["Anna Berg (Global Administrator)"],
  action: "askAdmin",
};

/** Each of the apps with a story stands differently. */
const STORIES: Record<string, Partial<MailboxAccessView>> = {
  "Payroll export": {
    sentence: "Every mailbox of the organisation.",
    reach: "everyone",
    means: [GRANT(["Mail.Send"])],
  },
  "HR feed": {
    sentence: "HR feed can open all mailboxes except those of “Board”.",
    reach: "allBut",
    means: [
      {
        ...GRANT(["Mail.Read"]),
        sentence: "Granted in Entra for every mailbox. A policy closes those of “Board”.",
      },
    ],
    policies: [
      {
        ...POLICY,
        identity: "Board",
        scope: "Board",
        denies: true,
        sentence: "The app is kept out of the mailboxes of “Board”.",
      },
    ],
  },
  "Visitor screens": {
    sentence: "The members of “Front desk”, through a policy.",
    reach: "limited",
    means: [GRANT(["Calendars.Read"])],
    policies: [POLICY],
    canMigrate: true,
  },
  "Backup of mail": {
    sentence: "Every mailbox of the organisation, although a limit was set.",
    reach: "everyone",
    means: [GRANT(["Mail.Read"]), { ...ROLE, names: ["Application Mail.Read"] }],
    unionTrap: {
      title: "The limit does not limit anything.",
      why: "Mail.Read is granted for everybody in Entra, beside the limited role in Exchange. Both count, so every mailbox is reached. Taking the grant in Entra back mends it.",
      permissions: ["Mail.Read"],
    },
  },
  "Room booking": {
    sentence: "It could not be looked up.",
    reach: "unknown",
    means: [],
    problems: [MAY_NOT],
  },
};

function access(world: World, appId: string): MailboxAccessView {
  if (world.status.accounts.find(({ id }) => id === world.status.activeAccount)?.roles?.length === 0) {
    throw new BackendError(NEEDS_MAILBOXES);
  }
  const summary = registration(appId);
  const workflow = Number(appId.slice(-12)) >= 5;
  return {
    registration: summary,
    sentence: workflow
      ? "No mailbox. Nothing is granted that opens one."
      : "14 people: the members of “Totalview people”.",
    reach: workflow ? "nobody" : "limited",
    means: workflow ? [] : [ROLE],
    unionTrap: null,
    policies: [],
    canMigrate: false,
    problems: [],
    script: SCRIPT,
    at: "2026-11-20T09:41:00Z",
    ...STORIES[summary.name],
  };
}

function test(world: World, { appId, mailbox }: MailboxTest): MailboxTestResult {
  const { reach } = access(world, appId);
  const inside = reach === "everyone" || reach === "allBut" || mailbox.startsWith("anna");
  return {
    mailbox,
    reached: { kind: inside ? "yes" : "no" },
    sentence: inside ? `The app reaches ${mailbox}.` : `The app is refused at ${mailbox}.`,
    ways: [
      {
        name: "Application Calendars.ReadWrite",
        open: { kind: inside ? "yes" : "no" },
        sentence: inside
          ? "The mailbox is inside “Gatehouse Totalview”."
          : "The mailbox is outside “Gatehouse Totalview”.",
      },
    ],
    delay:
      "A change is felt after 30 minutes to two hours. Gatehouse asked Exchange’s own check, which is not late.",
    at: fakeClock().toISOString(),
  };
}

/** Commands about which mailboxes an app reaches. */
export const mailboxHandlers = {
  mailbox_access: (world, { appId }) => access(world, appId),
  mailbox_access_test: test,
  ews_readiness: (_, { appId }) => {
    const { name } = registration(appId);
    const off = name === "Visitor screens";
    return {
      appId,
      state: off ? "off" : name === "Payroll export" ? "allowed" : "notListed",
      sentence: off
        ? "Exchange Web Services is switched off for the whole organisation."
        : name === "Payroll export"
          ? "The app may use Exchange Web Services for now."
          : "The organisation has a list of allowed apps, and this one is not on it.",
      until: off ? null : "2027-04-01T00:00:00Z",
      allowedAppIds: off ? null : ["a1c4d9f3-3b6e-4f72-8e15-90b7c2d4e6f8"],
      advice: [
        "Ask the vendor for a version that uses Microsoft Graph. Only that lasts.",
        "Putting the app on the list helps until 1 April 2027 at the latest.",
      ],
      script: off
        ? null
        : {
            ...SCRIPT,
            title: "Put the app on the list",
            text: "Set-OrganizationConfig -EwsAllowList @{Add='5f2b8c1e'}\n",
          },
      at: "2026-11-20T09:41:00Z",
    };
  },
} satisfies Partial<Handlers>;
