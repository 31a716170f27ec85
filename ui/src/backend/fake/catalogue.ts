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
  "Shows in the switchboard whether a person is busy.",
);
export const CALENDARS_WRITE = permission(
  "Calendars.ReadWrite",
  "ef54d2bf-783f-4e0f-bca1-3210c0444d99",
  "Read and change every calendar in the organisation",
  "critical",
  "Appointments could be changed or removed for everyone.",
  "Writes absences that were set in the switchboard.",
);
export const USERS_READ = permission(
  "User.Read.All",
  "df021288-bdef-4463-88db-98f22de89214",
  "Read the profile of every person",
  "medium",
  "Profiles hold names, addresses and telephone numbers.",
  "Matches people in the switchboard with their mailboxes.",
);
export const MAIL_SEND = permission(
  "Mail.Send",
  "b633e1c5-b582-4048-a93e-9f11b44c7e96",
  "Send mail as anyone in the organisation",
  "critical",
  "Somebody could write in anyone’s name.",
  "Sends messages to people who could not be reached.",
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
  name: "Calendar synchronisation",
  sentence: "Shows who is busy, and writes absences back to the calendar.",
  defaultOn: true,
  unavailable: null,
  permissions: [CALENDARS_READ, CALENDARS_WRITE, USERS_READ],
  registrations: ["calendar"],
};

const email: FeatureView = {
  id: "email",
  name: "E-mail sending",
  sentence: "Sends messages from the switchboard.",
  defaultOn: true,
  unavailable: null,
  permissions: [MAIL_SEND],
  registrations: ["email"],
};

export const TOTALVIEW: ConnectorView = {
  summary: {
    id: "totalview",
    name: "Totalview",
    vendor: "Formula",
    summary: "Shows in the switchboard who is busy, and sends messages from it.",
    purpose:
      "People who answer the telephone see each colleague’s appointments. Absences that they note are written back to the calendar.",
    touches: ["Calendars", "Mail", "People"],
    connections: 1,
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
      id: "testMailbox",
      label: "Which mailbox may be used for the proof?",
      help: "Gatehouse reads this calendar once to prove that the set-up works.",
      kind: { kind: "mailbox" },
      required: true,
      default: null,
      example: "name@your-organisation.com",
      multiple: false,
      forFeatures: ["calendar"],
    },
    {
      id: "sender",
      label: "From which mailbox are messages sent?",
      help: "The proof sends one short message from this mailbox to itself.",
      kind: { kind: "mailbox" },
      required: true,
      default: null,
      example: "switchboard@your-organisation.com",
      multiple: false,
      forFeatures: ["email"],
    },
  ],
  followUps: [
    {
      id: "enter",
      sentence: "Enter the values in Totalview’s administration.",
      tick: "The values are entered",
      place: ["Administration", "Exchange365", "Connections"],
      url: null,
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
      label: "Which domains does Cirrus Insight look after?",
      help: "Only people with an address in these domains are synchronised.",
      kind: { kind: "verifiedDomain" },
      required: true,
      default: "fjordvik.example",
      example: null,
      multiple: true,
      forFeatures: [],
    },
    {
      id: "testAccount",
      label: "Which mailbox may be used for the proof?",
      help: "The same mailbox is the Test Account in Cirrus Insight.",
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

export const CONNECTORS = [TOTALVIEW, CIRRUS];
