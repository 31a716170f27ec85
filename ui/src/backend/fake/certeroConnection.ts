import type { ConnectionView } from "../../contract/types";
import { truths } from "./connections";
import { CERTERO } from "./moreConnectors";
import { ANNA } from "./people";
import { DIRECTORY_READ, GRAPH_USER_READ, REPORTS_READ } from "./permissionWords";

const yes = { kind: "yes" } as const;
const APP_ID = "c3b1e0d7-1f5a-4c62-9d0e-77aa12bb34cc";

/** A finished set-up that wants a token, reads reports, and waits for Microsoft to spread a change. */
export function certeroConnection(): ConnectionView {
  const field = (id: string, label: string, microsoftTerm: string | null, value: string | null) => ({
    id,
    label,
    microsoftTerm,
    note: null,
    value,
    secret: value === null,
    authorize: null,
  });
  return {
    summary: {
      id: "connection-certero",
      connectorId: CERTERO.summary.id,
      connectorName: CERTERO.summary.name,
      tenantName: ANNA.tenantName,
      state: "works",
      nextExpiry: "2027-11-20T00:00:00Z",
      provedAt: "2026-11-20T09:00:00Z",
    },
    registrations: [
      {
        key: "certero",
        name: "Certero for Microsoft 365",
        appId: APP_ID,
        objectId: "0b1ce0d7-1f5a-4c62-9d0e-77aa12bb34cc",
        servicePrincipalId: "9e7de0d7-1f5a-4c62-9d0e-77aa12bb34cc",
        secret: {
          keyId: "77aae0d7-1f5a-4c62-9d0e-77aa12bb34cc",
          name: "Certero",
          hint: "p4k",
          createdAt: "2026-11-20T09:00:00Z",
          expiresAt: "2027-11-20T00:00:00Z",
          stored: true,
          keptAt: "Vault of the IT team",
        },
        permissions: [
          truths(DIRECTORY_READ, yes, yes),
          truths(REPORTS_READ, yes, yes),
          truths(GRAPH_USER_READ, yes, yes),
        ],
        permissionsAt: "2026-11-20T09:00:00Z",
      },
    ],
    proofs: [],
    handOver: {
      sections: [
        {
          title: "Delegated permissions",
          place: ["Connectors", "Microsoft 365", "New", "Credentials"],
          note: null,
          fields: [
            field("tenant", "Tenant Name", "Initial domain", "fjordvik.onmicrosoft.com"),
            field("client", "Client ID", "Application (client) ID", APP_ID),
            field("secret", "Client Secret", "Client secret (value)", null),
            { ...field("token", "Token", "Access token", null), authorize: "certero" },
          ],
        },
      ],
    },
    followUps: [],
    runs: [],
    toTry: ["certero"],
    retest: {
      at: "2026-11-20T10:11:00Z",
      until: "2026-11-20T11:00:00Z",
      why: "Microsoft is still spreading the change to the reports. This takes up to two hours.",
    },
    grantRequest: null,
  };
}
