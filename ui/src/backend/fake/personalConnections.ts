import type {
  PersonalConnection,
  PersonalFeature,
  PersonalOutcome,
  PersonalPermission,
  PersonalProof,
} from "../../contract/types";
import { failure } from "./failures";
import { ANNA, LONG, MAJA } from "./people";
import { permissionOf } from "./personalWords";

const SEEN = "2026-11-20T09:38:00Z";

const OUTCOMES: Record<PersonalFeature, PersonalOutcome> = {
  calendarRead: events(),
  calendarWrite: events(),
  mailRead: { kind: "works", sentence: "12 unread messages.", lines: [] },
  mailWrite: { kind: "works", sentence: "12 unread messages.", lines: [] },
  mailSend: { kind: "notTried", sentence: "A test would send a real message, so you start it yourself." },
  contactsRead: contacts(),
  contactsWrite: contacts(),
};

function events(): PersonalOutcome {
  return {
    kind: "works",
    sentence: "Your next three events.",
    lines: ["Today, 11:00: Stand-up", "Today, 14:30: Talk with Karim", "Monday, 09:00: Plan for the week"],
  };
}

function contacts(): PersonalOutcome {
  return {
    kind: "works",
    sentence: "48 contacts.",
    lines: ["Ingrid Solberg", "Pål Nygård", "Sofia Marchetti"],
  };
}

/** What was tried for a feature, and what came of it. */
export const proofOf = (feature: PersonalFeature): PersonalProof => ({
  feature,
  outcome: OUTCOMES[feature],
  at: SEEN,
});

/** A feature's permission that the person granted. */
export const granted = (feature: PersonalFeature): PersonalPermission => ({
  words: permissionOf(feature),
  feature,
  grantedBy: "person",
  inToken: true,
});

/** A connection for these features that works. */
export function working(
  features: PersonalFeature[],
  more: Partial<PersonalConnection> = {},
): PersonalConnection {
  return {
    id: "personal-totalview",
    cloud: "practice",
    product: "Totalview",
    clientId: "7c1d4b90-52aa-4c0e-9a53-0d8f6f1f2b31",
    name: MAJA.name,
    upn: MAJA.upn,
    picture: null,
    tenantId: ANNA.tenantId,
    tenantName: ANNA.tenantName,
    personal: false,
    guest: false,
    state: { kind: "works" },
    features,
    permissions: features.map(granted),
    beyond: [],
    proofs: features.map(proofOf),
    connectedAt: "2026-10-02T08:12:00Z",
    lastUsedAt: SEEN,
    checkedAt: SEEN,
    lasts: "It works until 18 February 2027. Each time it is used, 90 days start again.",
    lastsUntil: "2027-02-18T09:38:00Z",
    leftovers: [],
    ...more,
  };
}

/** The session was taken away at the other side. */
export const REVOKED = failure(
  "signInNeeded",
  [
    "Microsoft wants you to sign in again.",
    "Your password changed, so Microsoft ended this sign-in.",
    "Sign in again. All your choices are kept.",
  ],
  "signIn",
  { microsoftCode: "AADSTS50173", microsoftText: "The provided grant has expired due to it being revoked." },
);

/** Another person came back than was expected. */
export const WRONG_PERSON = failure(
  "wrongAccount",
  [
    "Another person signed in.",
    "Maja Lind (maja.lind@fjordvik.example) was expected. Anna Berg (anna.berg@fjordvik.example) came.",
    "Try again, and pick Maja Lind on Microsoft’s page. Nothing was changed.",
  ],
  "chooseAccount",
);

const NO_MAILBOX = failure(
  "mailboxNotFound",
  [
    "There is no mailbox.",
    "This account has no licence with a mailbox.",
    "Ask your admin for one, then look again.",
  ],
  "tryAgain",
  { microsoftCode: "MailboxNotEnabledForRESTAPI", microsoftText: "The mailbox is inactive." },
);

/** A picture as Microsoft has it, in few bytes. */
const PICTURE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" fill="#c9b8e8"/><circle cx="24" cy="19" r="9" fill="#5b3f8c"/><path d="M6 48c2-13 10-18 18-18s16 5 18 18z" fill="#5b3f8c"/></svg>',
)}`;

/** One connection in each state. */
export function everyState(): PersonalConnection[] {
  return [
    working(["calendarWrite", "mailRead", "mailSend"], { picture: PICTURE }),
    working(["calendarRead"], {
      id: "personal-sense",
      product: "Sense",
      clientId: "b1b8b04e-0ea4-4c13-bb9f-2a35c8b9a0f4",
      upn: "maja.lind@outer-harbour.example",
      tenantId: "c0ffee00-2b1f-4d55-8a63-9d2f4e6a7b80",
      tenantName: "Outer Harbour Shipping",
      guest: true,
      state: { kind: "reconnect", error: REVOKED },
      permissions: [{ ...granted("calendarRead"), grantedBy: "admin" }],
      lasts: "It does not work until you sign in again.",
      lastsUntil: null,
    }),
    working(["mailRead", "contactsRead"], {
      id: "personal-home",
      product: "Cirrus Insight",
      name: "Maja L.",
      upn: "maja.at.home@outlook.example",
      tenantId: "9188040d-6c67-4c5b-b112-36a304b66dad",
      tenantName: "Personal account",
      personal: true,
      proofs: [
        { feature: "mailRead", outcome: { kind: "failed", error: NO_MAILBOX }, at: SEEN },
        proofOf("contactsRead"),
      ],
      beyond: [{ value: "Mail.Send", sentence: "Send mail in your name." }],
      leftovers: [SEND_LEFT],
    }),
  ];
}

/** What was dropped here and still stands at Microsoft. */
export const SEND_LEFT = {
  sentence: "Microsoft still lets Cirrus Insight send mail in your name.",
  way: "You can take it back on Microsoft’s page. That ends the whole connection, so connect again after it.",
  link: "https://account.live.com/consent/Manage",
};

/** Names as long as they come. */
export const longConnection = (): PersonalConnection =>
  working(["calendarWrite", "mailWrite", "mailSend", "contactsWrite"], {
    id: "personal-long",
    product: "Sicherungskopienverwaltungsprogramm für Kalender, Nachrichten und Adressverzeichnisse",
    name: LONG.name,
    upn: LONG.upn,
    tenantName: LONG.tenantName,
  });
