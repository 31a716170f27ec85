import type { AudienceChoice, ConnectorView } from "../../contract/types";
import { NOTHING_MORE } from "./catalogue";
import {
  AAD_USER_READ,
  CALENDARS_SHARED,
  DIRECTORY_READ,
  EAS_DELEGATED,
  EWS_DELEGATED,
  GRAPH_USER_READ,
  REPORTS_DELEGATED,
  REPORTS_READ,
  USERS_READ,
} from "./permissionWords";

/** Single or multi-tenant, with what follows. */
export const audienceOffers: AudienceChoice["offers"] = [
  {
    audience: "AzureADMyOrg",
    sentence: "Only people of this organisation can sign in",
    note: "The safer choice. Right when the product is yours alone.",
    consequences: ["Nobody from another organisation can use the app, not even by invitation of its maker."],
  },
  {
    audience: "AzureADMultipleOrgs",
    sentence: "People of any organisation can sign in",
    note: "Choose this when the vendor’s guide says “multitenant”.",
    consequences: [
      "Each other organisation decides for itself whether to let the app in.",
      "Its data stay apart: the app sees only the organisations that let it in.",
      "Your own organisation is not opened to anybody by this.",
    ],
  },
];

/** The old way of Cirrus Insight: one account that acts for others. */
export const CIRRUS_EXCHANGE: ConnectorView = {
  summary: {
    id: "cirrus-insight-exchange",
    name: "Cirrus Insight (Exchange service account)",
    vendor: "Cirrus Insight",
    summary: "Connects an Exchange Server through one account that acts for everybody.",
    purpose:
      "For organisations that still run Exchange Server. In Exchange Online this way is closed: use the connector for Microsoft 365 instead.",
    touches: ["Calendars", "Mail"],
    connections: 0,
    origin: "builtin",
    legacy:
      "Microsoft has taken ApplicationImpersonation out of Exchange Online. “Cirrus Insight” does the same through Microsoft Graph. This one is for Exchange Server only.",
  },
  version: "1.0.0",
  ...NOTHING_MORE,
  guideUrl: "https://example.com/cirrus-exchange-guide",
  features: [
    {
      id: "sync",
      name: "Calendar and mail",
      sentence: "Files mail and keeps appointments the same.",
      defaultOn: true,
      unavailable: null,
      permissions: [],
      permissionConditions: {},
      registrations: [],
    },
  ],
  registrations: [],
  inputs: [
    {
      id: "service-account",
      label: "Which service account?",
      help: "Cirrus Insight signs in as this account and acts for the others. It needs a mailbox.",
      kind: { kind: "serviceAccount" },
      required: true,
      default: null,
      example: "cirrus@contoso.com",
      multiple: false,
      forFeatures: [],
      when: null,
    },
    {
      id: "licence",
      label: "Which licence shall it get?",
      help: "A mailbox comes with a licence. Leave this empty when the account has one already.",
      kind: { kind: "licence" },
      required: false,
      default: null,
      example: null,
      multiple: false,
      forFeatures: [],
      when: null,
    },
    {
      id: "country",
      label: "In which country is it used?",
      help: "Microsoft wants to know this before it gives a licence.",
      kind: { kind: "country" },
      required: false,
      default: null,
      example: null,
      multiple: false,
      forFeatures: [],
      when: null,
    },
  ],
  followUps: [],
  suggestedLifetimeMonths: 0,
};

/** Calendars of recruiters, for a signed-in person. */
export const SENSE: ConnectorView = {
  summary: {
    id: "sense",
    name: "Sense",
    vendor: "Sense",
    summary: "Shows recruiters’ calendars in Sense, so that interviews find a free hour.",
    purpose: "Each recruiter connects the own calendar. One app registration is the door for all of them.",
    touches: ["Calendars"],
    connections: 0,
    origin: "builtin",
    legacy: null,
  },
  version: "1.0.0",
  ...NOTHING_MORE,
  guideUrl: "https://example.com/sense-guide",
  features: [
    {
      id: "calendar",
      name: "Calendar sync",
      sentence: "Reads free and busy times, and books interviews.",
      defaultOn: true,
      unavailable: null,
      permissions: [CALENDARS_SHARED, GRAPH_USER_READ],
      permissionConditions: {},
      registrations: ["sense"],
    },
  ],
  registrations: [{ key: "sense", name: "Sense calendar sync", forFeatures: [], when: null }],
  inputs: [
    {
      id: "agency",
      label: "What is the name in your Sense address?",
      help: "The part before .sensehq.com in the browser. Microsoft sends people back to this address.",
      kind: { kind: "hostLabel" },
      required: true,
      default: null,
      example: "contoso",
      multiple: false,
      forFeatures: [],
      when: null,
    },
  ],
  audiences: [{ registration: "sense", title: "Calendar sync", offers: [...audienceOffers].reverse() }],
  optionalPermissions: [
    {
      permission: EWS_DELEGATED,
      defaultOn: false,
      whyOff: "Sense’s guide still lists it. What Sense does today works through Microsoft Graph.",
    },
    {
      permission: AAD_USER_READ,
      defaultOn: false,
      whyOff: "It does nothing any more. Microsoft Graph’s permission of the same name is on.",
    },
    {
      permission: EAS_DELEGATED,
      defaultOn: false,
      whyOff: "Sense’s guide lists it for phones. Calendars do not need it.",
    },
  ],
  followUps: [
    {
      id: "plan",
      sentence: "Ask your Sense contact to switch calendar sync on for your agency.",
      tick: "It is switched on",
      place: ["Settings", "Calendar sync"],
      url: null,
      moment: "beforeSetup",
      forFeatures: [],
      when: null,
    },
  ],
  suggestedLifetimeMonths: 24,
};

/** Licences and their use, from reports. */
export const CERTERO: ConnectorView = {
  summary: {
    id: "certero",
    name: "Certero for Microsoft 365",
    vendor: "Certero",
    summary: "Compares the licences that you pay for with what people use.",
    purpose: "Certero reads people, groups, licences and usage reports. It changes nothing.",
    touches: ["People", "Reports"],
    connections: 0,
    origin: "builtin",
    legacy: null,
  },
  version: "1.0.0",
  ...NOTHING_MORE,
  guideUrl: "https://example.com/certero-guide",
  features: [
    {
      id: "inventory",
      name: "Licences and their use",
      sentence: "Lists who has which licence, and who uses it.",
      defaultOn: true,
      unavailable: null,
      permissions: [DIRECTORY_READ, REPORTS_READ, USERS_READ, REPORTS_DELEGATED],
      permissionConditions: {
        [DIRECTORY_READ.key]: { input: "mode", is: ["application"] },
        [REPORTS_READ.key]: { input: "mode", is: ["application"] },
        [USERS_READ.key]: { input: "mode", is: ["application"] },
        [REPORTS_DELEGATED.key]: { input: "mode", is: ["delegated"] },
      },
      registrations: ["certero"],
    },
  ],
  registrations: [{ key: "certero", name: "Certero for Microsoft 365", forFeatures: [], when: null }],
  inputs: [
    {
      id: "mode",
      label: "How shall Certero work?",
      help: "By itself it goes on when people leave. For a person it needs somebody who stays signed in.",
      kind: {
        kind: "choice",
        options: [
          { value: "application", label: "By itself (recommended)" },
          { value: "delegated", label: "For a signed-in person" },
        ],
      },
      required: true,
      default: null,
      example: null,
      multiple: false,
      forFeatures: [],
      when: null,
    },
  ],
  audiences: [{ registration: "certero", title: "Connector", offers: audienceOffers }],
  settings: [
    {
      sentence: "Show people’s names in usage reports",
      consequence: "Everybody who may read usage reports sees who uses what, by name.",
      why: "Without names, Certero cannot tell whose licence is unused.",
      forFeatures: [],
      when: null,
    },
  ],
  followUps: [],
  suggestedLifetimeMonths: 12,
};
