import type {
  ConnectorDraft,
  ConnectorReview,
  ConnectorSummary,
  OptionalPermission,
} from "../../contract/types";
import { BackendError } from "../Backend";
import { NO_SUCH_THING } from "./failures";
import type { Handlers } from "./index";
import { CALENDARS_READ, MAIL_READ, MAIL_SEND } from "./permissionWords";
import { registration } from "./registrations";
import type { World } from "./world";

const PERMISSIONS: OptionalPermission[] = [
  { permission: CALENDARS_READ, defaultOn: true, whyOff: null },
  {
    permission: MAIL_SEND,
    defaultOn: false,
    whyOff: "It reaches everybody. Switch it on only when you know why the product needs it.",
  },
  {
    permission: MAIL_READ,
    defaultOn: false,
    whyOff: "It reaches everybody. Switch it on only when you know why the product needs it.",
  },
];

function review(name: string, vendor: string, more: Partial<ConnectorReview> = {}): ConnectorReview {
  return {
    name,
    vendor,
    sentences: [
      `It makes one app registration, “${name}”, for this organisation only.`,
      "It makes a client secret that lives 12 months, and shows it to you once.",
      "It asks you for one thing: a test mailbox.",
      "It sends people back to https://desk.example/signed-in after they sign in.",
    ],
    permissions: PERMISSIONS,
    problems: [],
    warnings: [],
    canImport: true,
    replaces: null,
    text: `format = 1\nid = "own"\nname = "${name}"\n`,
    ...more,
  };
}

function reviewText(text: string): ConnectorReview {
  if (!text.includes("format")) {
    return review("", "", {
      sentences: [],
      permissions: [],
      canImport: false,
      problems: [
        { line: 1, field: "", sentence: "This is not a connector file. Its first line says “format = 1”." },
        { line: 7, field: "registrations[0].colour", sentence: "There is no such field. Take the line out." },
      ],
    });
  }
  const name = /^name = "(.*)"$/m.exec(text)?.[1] ?? "Parcel Desk";
  return review(name, "Example Works", {
    warnings: text.includes("Раrcel")
      ? [
          "“Раrcel” has letters of two alphabets that look the same. Somebody may want it to be taken for another product.",
        ]
      : [],
    replaces: text.includes("visitor-desk") ? "Visitor Desk 0.1.0" : null,
    text,
  });
}

function build(draft: ConnectorDraft): ConnectorReview {
  const wrong = draft.permissions.flatMap(({ value }, index) =>
    value === "Email.Send"
      ? [
          {
            line: null,
            field: `permissions[${index}].value`,
            sentence: "There is no permission “Email.Send”. Microsoft calls it Mail.Send.",
          },
        ]
      : [],
  );
  return review(draft.name, draft.vendor, { problems: wrong, canImport: wrong.length === 0 });
}

function summaryOf(name: string): ConnectorSummary {
  return {
    id: "own",
    name,
    vendor: "Example Works",
    summary: "A connector of your own.",
    purpose: "A connector of your own.",
    touches: [],
    connections: 0,
    origin: "custom",
    legacy: null,
  };
}

function remove(world: World, id: string): null {
  if (world.removed.has(id)) throw new BackendError(NO_SUCH_THING);
  world.removed.add(id);
  return null;
}

/** Commands about connectors that did not come with Gatehouse. */
export const customHandlers = {
  connector_review: (_, { text }) => reviewText(text),
  connector_build: (_, draft) => build(draft),
  connector_import: (_, { text }) => summaryOf(reviewText(text).name),
  connector_export: (_, id) => `/home/anna/Downloads/${id}.gatehouse-connector.toml`,
  connector_remove: remove,
  connector_from_registration: (_, { appId }) => ({
    fileName: "payroll-export.gatehouse-connector.toml",
    text: `format = 1\nid = "payroll-export"\nname = "${registration(appId).name}"\n`,
    leftOut: ["Two secrets were left out. A new one is made when it is set up.", "Its owners were left out."],
  }),
} satisfies Partial<Handlers>;
