import type { ConnectorView, InputView } from "../../contract/types";
import { NOTHING_MORE } from "./catalogue";
import { CALENDARS_READ } from "./permissionWords";

const question = (id: string, more: Partial<InputView> & Pick<InputView, "kind" | "label">): InputView => ({
  id,
  help: "",
  required: true,
  default: null,
  example: null,
  multiple: false,
  forFeatures: [],
  when: null,
  ...more,
});

/** A pretend product that asks every kind of question, and wants something done first. */
export const EVERY_KIND: ConnectorView = {
  summary: {
    id: "visitor-desk",
    name: "Visitor Desk",
    vendor: "Example Works",
    summary: "Shows visitors whom they meet, and where.",
    purpose: "A pretend product. It asks every kind of question that a connector can ask.",
    touches: ["Calendars"],
    connections: 0,
    origin: "custom",
    legacy: null,
  },
  version: "0.1.0",
  ...NOTHING_MORE,
  guideUrl: null,
  features: [
    {
      id: "desk",
      name: "Desk",
      sentence: "Shows who is expected today.",
      defaultOn: true,
      unavailable: null,
      permissions: [CALENDARS_READ],
      permissionConditions: {},
      registrations: ["desk"],
    },
  ],
  registrations: [{ key: "desk", name: "Visitor Desk", forFeatures: [], when: null }],
  inputs: [
    question("region", {
      label: "In which region is your account?",
      help: "It is on the first page of Visitor Desk, at the bottom.",
      kind: {
        kind: "choice",
        options: [
          { value: "eu", label: "Europe" },
          { value: "us", label: "United States" },
        ],
      },
    }),
    question("agency", {
      label: "What is the name in your address?",
      help: "The part before .visitordesk.example in the browser.",
      kind: { kind: "hostLabel" },
      example: "fjordvik",
    }),
    question("rooms", {
      label: "Which mailboxes belong to the front desk?",
      help: "Visitor Desk shows their calendars.",
      kind: { kind: "mailbox" },
      multiple: true,
    }),
    question("certificate", {
      label: "The certificate that Visitor Desk gave you",
      help: "Visitor Desk signs in with a key of its own. This is its public part.",
      kind: { kind: "certificate" },
      required: false,
    }),
  ],
  followUps: [
    {
      id: "plan",
      sentence: "Make sure that your Visitor Desk plan includes Microsoft 365.",
      tick: "It is included",
      place: ["Account", "Plan"],
      url: "https://example.com/plan",
      moment: "beforeSetup",
      forFeatures: [],
      when: null,
    },
  ],
  suggestedLifetimeMonths: 18,
};
