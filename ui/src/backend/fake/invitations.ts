import type { Invitation } from "../../contract/types";
import { BackendError } from "../Backend";
import { failure } from "./failures";
import type { Handlers } from "./index";
import { ANNA } from "./people";
import { permissionOf } from "./personalWords";

/** An invitation as an admin would make it. */
export const INVITATION: Invitation = {
  cloud: "practice",
  clientId: "7c1d4b90-52aa-4c0e-9a53-0d8f6f1f2b31",
  accounts: { kind: "organisation", tenant: "fjordvik.example" },
  features: ["calendarRead", "mailSend"],
  product: "Totalview",
  organisation: ANNA.tenantName,
  greeting: "Hello! From Monday on, Totalview shows who is in a meeting. It takes two minutes to join.",
};

/** A link that carries it. */
export const INVITATION_LINK = "gatehouse://connect?i=eyJwcm9kdWN0IjoiVG90YWx2aWV3In0";

const NOT_AN_INVITATION = failure(
  "fileNotUsable",
  [
    "This is not an invitation.",
    "The text does not start like one, or a part of it is missing.",
    "Copy the whole link from the message, and paste it again.",
  ],
  "tryAgain",
);

/** Invitations, made and opened. */
export const invitationHandlers = {
  invitation_make: (_, invitation) => ({
    invitation,
    link: INVITATION_LINK,
    message: [
      invitation.greeting,
      "",
      `Open this link to connect ${invitation.product}:`,
      INVITATION_LINK,
      "",
      "If nothing opens, install Gatehouse first. Then paste the link under My account.",
    ].join("\n"),
    permissions: invitation.features.map(permissionOf),
  }),
  invitation_save: () => "/home/anna/Downloads/totalview.gatehouse-invitation",
  invitation_open: (world, text) => {
    if (!text.includes("gatehouse")) throw new BackendError(NOT_AN_INVITATION);
    return {
      invitation: INVITATION,
      permissions: INVITATION.features.map(permissionOf),
      cautions: [
        "Nobody can tell who sent this. Go on only if you know the sender.",
        ...(text.includes("fjordvlk")
          ? ["The address “fjordvlk.example” looks like “fjordvik.example”, but it is another one."]
          : []),
      ],
      connectionId: world.personal.has("personal-totalview") ? "personal-totalview" : null,
    };
  },
  invitation_waiting: (world) => {
    const link = world.invitation;
    world.invitation = null;
    return link;
  },
} satisfies Partial<Handlers>;
