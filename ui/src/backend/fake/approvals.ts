import type { Approval, PersonalRequest } from "../../contract/types";
import { ANNA, MAJA } from "./people";
import { permissionOf } from "./personalWords";

/** A request that needs an admin. */
export function approvalOf(request: PersonalRequest): Approval {
  const product = request.product ?? "this product";
  const link = `https://login.microsoftonline.com/${ANNA.tenantId}/v2.0/adminconsent?client_id=${request.clientId}&scope=https%3A%2F%2Fgraph.microsoft.com%2FCalendars.Read`;
  return {
    id: `approval-${product.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`,
    request,
    permissions: request.features.map(permissionOf),
    organisation: ANNA.tenantName,
    askedAt: "2026-11-20T09:20:00Z",
    subject: `Can you allow ${product} for me?`,
    letter: [
      "Hello,",
      "",
      `I would like to use ${product} with my account ${MAJA.upn}. Microsoft says that an admin must agree first.`,
      "",
      "It asks for this, and only for what I may see myself:",
      ...request.features.map((each) => `- ${permissionOf(each).sentence}`),
      "",
      "This page shows it and lets you agree:",
      link,
      "",
      "Thank you",
      MAJA.name,
    ].join("\n"),
    link,
    watch: { kind: "afterSignIn" },
    connectionId: null,
  };
}

/** What waits for an admin in the imitation. */
export function waitingApproval(): Approval {
  return {
    ...approvalOf({
      cloud: "practice",
      clientId: "5a1f7c02-6b7a-4a6c-9d0e-2f6a1f3c9b77",
      accounts: { kind: "organisation", tenant: "fjordvik.example" },
      features: ["calendarWrite", "contactsRead"],
      connectionId: null,
      loginHint: MAJA.upn,
      product: "Morningstar Office",
    }),
    watch: { kind: "looking", lastAt: "2026-11-20T09:35:00Z", nextAt: "2026-11-20T09:50:00Z" },
  };
}
