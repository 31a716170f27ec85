import type { ConnectorView, FeatureView, PermissionWords, Risk } from "../../contract/types";

const GRAPH = "00000003-0000-0000-c000-000000000000";

function permission(
  value: string,
  id: string,
  sentence: string,
  risk: Risk,
  riskReason: string,
  why: string,
) {
  const words: PermissionWords = {
    key: `${GRAPH}/${id}/application`,
    value,
    resource: "Microsoft Graph",
    kind: "application",
    sentence,
    risk,
    riskReason,
    why,
    retired: null,
  };
  return words;
}

export const CALENDARS_READ = permission(
  "Calendars.Read",
  "798ee544-9d2d-430c-a058-570e29e34338",
  "Read every calendar in the organisation",
  "high",
  "Appointments often hold confidential details.",
  "Totalview shows who is in a meeting.",
);
export const CALENDARS_WRITE = permission(
  "Calendars.ReadWrite",
  "ef54d2bf-783f-4e0f-bca1-3210c0444d99",
  "Read and change every calendar in the organisation",
  "critical",
  "Appointments could be changed or removed for everyone.",
  "Totalview adds appointments that are made in it.",
);
export const USERS_READ = permission(
  "User.Read.All",
  "df021288-bdef-4463-88db-98f22de89214",
  "Read the profile of every person",
  "medium",
  "Profiles hold names, addresses and telephone numbers.",
  "Totalview matches its own users with the people in the organisation.",
);
export const MAIL_SEND = permission(
  "Mail.Send",
  "b633e1c5-b582-4048-a93e-9f11b44c7e96",
  "Send mail as anyone in the organisation",
  "critical",
  "Somebody could write in anyone’s name.",
  "Totalview sends its messages with this.",
);
export const MAIL_READ: PermissionWords = {
  ...permission(
    "Mail.Read",
    "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
    "Read all mail in the organisation",
    "critical",
    "Every message of every person could be read.",
    "",
  ),
};

const calendar: FeatureView = {
  id: "calendar",
  name: "Calendar synchronization",
  sentence: "Shows in Totalview who is in a meeting or away, and lets Totalview add appointments.",
  defaultOn: true,
  unavailable: null,
  permissions: [CALENDARS_READ, CALENDARS_WRITE, USERS_READ],
  registrations: ["calendar"],
};

const email: FeatureView = {
  id: "email",
  name: "E-mail sending",
  sentence: "Lets Totalview send notes to people by mail.",
  defaultOn: true,
  unavailable: null,
  permissions: [MAIL_SEND],
  registrations: ["email"],
};

export const TOTALVIEW: ConnectorView = {
  summary: {
    id: "totalview",
    name: "Totalview",
    vendor: "Totalview",
    summary: "Shows calendars in Totalview, and lets Totalview send mail.",
    purpose:
      "Totalview uses one app registration for calendars and another one for mail. Choose either of them or both. Each gets a secret of its own.",
    touches: ["Calendars", "Mail", "People"],
    connections: 0,
  },
  version: "1.0.0",
  guideUrl: "https://example.com/totalview-guide",
  features: [calendar, email],
  registrations: [
    { key: "calendar", name: "Totalview Calendar Synchronization", forFeatures: ["calendar"] },
    { key: "email", name: "Totalview E-Mail Sending", forFeatures: ["email"] },
  ],
  inputs: [
    {
      id: "test-mailbox",
      label: "Test mailbox",
      help: "Gatehouse reads the calendar of this mailbox to show that the connection works.",
      kind: { kind: "mailbox" },
      required: true,
      default: null,
      example: "megan@contoso.com",
      multiple: false,
      forFeatures: ["calendar"],
    },
    {
      id: "sender",
      label: "Sender address",
      help: "Totalview sends its mail from this mailbox. Gatehouse sends one test message from it to itself.",
      kind: { kind: "mailbox" },
      required: true,
      default: null,
      example: "totalview@contoso.com",
      multiple: false,
      forFeatures: ["email"],
    },
  ],
  followUps: [
    {
      id: "enter",
      sentence: "Start the connector in Totalview. The first synchronization can take some minutes.",
      tick: "Totalview shows appointments",
      place: ["Exchange365 connector", "Status"],
      url: "https://example.com/totalview-start",
      moment: "afterHandOver",
    },
  ],
  suggestedLifetimeMonths: 12,
};

export const CIRRUS: ConnectorView = {
  summary: {
    id: "cirrus-insight",
    name: "Cirrus Insight",
    vendor: "Cirrus Insight",
    summary: "Connects mail and calendars with the sales system, through one service account.",
    purpose:
      "Sales people see their mail and appointments in the sales system without connecting one by one.",
    touches: ["Calendars", "Mail"],
    connections: 0,
  },
  version: "1.0.0",
  guideUrl: "https://example.com/cirrus-guide",
  features: [
    {
      id: "calendarSync",
      name: "Calendar sync",
      sentence: "Keeps appointments the same in both places.",
      defaultOn: true,
      unavailable: null,
      permissions: [CALENDARS_READ, CALENDARS_WRITE],
      registrations: ["service"],
    },
    {
      id: "emailSync",
      name: "Email sync",
      sentence: "Files mail in the sales system.",
      defaultOn: false,
      unavailable: null,
      permissions: [MAIL_READ],
      registrations: ["service"],
    },
    {
      id: "taskSync",
      name: "Task sync",
      sentence: "Keeps tasks the same in both places.",
      defaultOn: false,
      unavailable: "Microsoft offers no way for a service account to reach tasks.",
      permissions: [],
      registrations: [],
    },
  ],
  registrations: [{ key: "service", name: "Cirrus Insight", forFeatures: [] }],
  inputs: [
    {
      id: "domains",
      label: "Domains to sync",
      help: "Cirrus Insight has to know these domains before it accepts the service account.",
      kind: { kind: "verifiedDomain" },
      required: true,
      default: null,
      example: null,
      multiple: true,
      forFeatures: [],
    },
    {
      id: "test-mailbox",
      label: "Test mailbox",
      help: "Gatehouse tries each feature on this mailbox. Cirrus Insight asks for the same address when it runs its own test.",
      kind: { kind: "mailbox" },
      required: true,
      default: null,
      example: null,
      multiple: false,
      forFeatures: [],
    },
  ],
  followUps: [],
  suggestedLifetimeMonths: 24,
};
