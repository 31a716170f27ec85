import type { ConnectorView, FeatureView } from "../../contract/types";
import { CALENDARS_READ, CALENDARS_WRITE, MAIL_READ, MAIL_SEND, USERS_READ } from "./permissionWords";

/** What every connector has, unless it says otherwise. */
export const NOTHING_MORE = { optionalPermissions: [], mailboxLimits: [], audiences: [], settings: [] };

const calendar: FeatureView = {
  id: "calendar",
  name: "Calendar synchronization",
  sentence: "Shows in Totalview who is in a meeting or away, and lets Totalview add appointments.",
  defaultOn: true,
  unavailable: null,
  permissions: [CALENDARS_READ, CALENDARS_WRITE, USERS_READ],
  permissionConditions: {},
  registrations: ["calendar"],
};

const email: FeatureView = {
  id: "email",
  name: "E-mail sending",
  sentence: "Lets Totalview send notes to people by mail.",
  defaultOn: true,
  unavailable: null,
  permissions: [MAIL_SEND],
  permissionConditions: {},
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
    origin: "builtin",
    legacy: null,
  },
  version: "1.0.0",
  ...NOTHING_MORE,
  mailboxLimits: [
    {
      registration: "calendar",
      title: "Calendar",
      recommended: true,
      groupNote: "Totalview wants a mail-enabled security group. Groups inside it count.",
      nested: true,
      forFeatures: ["calendar"],
      when: null,
    },
    {
      registration: "email",
      title: "E-mail",
      recommended: true,
      groupNote: "Only direct members of the group count. One mailbox is enough: the sender.",
      nested: false,
      forFeatures: ["email"],
      when: null,
    },
  ],
  guideUrl: "https://example.com/totalview-guide",
  features: [calendar, email],
  registrations: [
    { key: "calendar", name: "Totalview Calendar Synchronization", forFeatures: ["calendar"], when: null },
    { key: "email", name: "Totalview E-Mail Sending", forFeatures: ["email"], when: null },
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
      when: null,
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
      when: null,
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
      forFeatures: [],
      when: null,
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
    origin: "builtin",
    legacy: null,
  },
  version: "1.0.0",
  ...NOTHING_MORE,
  mailboxLimits: [
    {
      registration: "service",
      title: "Whose mailboxes may Cirrus Insight reach?",
      recommended: true,
      groupNote: "Only direct members of the group count.",
      nested: false,
      forFeatures: [],
      when: null,
    },
  ],
  guideUrl: "https://example.com/cirrus-guide",
  features: [
    {
      id: "calendarSync",
      name: "Calendar sync",
      sentence: "Keeps appointments the same in both places.",
      defaultOn: true,
      unavailable: null,
      permissions: [CALENDARS_READ, CALENDARS_WRITE],
      permissionConditions: {},
      registrations: ["service"],
    },
    {
      id: "emailSync",
      name: "Email sync",
      sentence: "Files mail in the sales system.",
      defaultOn: false,
      unavailable: null,
      permissions: [MAIL_READ],
      permissionConditions: {},
      registrations: ["service"],
    },
    {
      id: "taskSync",
      name: "Task sync",
      sentence: "Keeps tasks the same in both places.",
      defaultOn: false,
      unavailable: "Microsoft offers no way for a service account to reach tasks.",
      permissions: [],
      permissionConditions: {},
      registrations: [],
    },
  ],
  registrations: [{ key: "service", name: "Cirrus Insight", forFeatures: [], when: null }],
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
      when: null,
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
      when: null,
    },
  ],
  followUps: [],
  suggestedLifetimeMonths: 24,
};
