import type { ConnectionView, PermissionStatus, PermissionWords, RunView, Truth } from "../../contract/types";
import { TOTALVIEW } from "./catalogue";
import { ANNA } from "./people";
import { CALENDARS_READ, CALENDARS_WRITE, MAIL_SEND, USERS_READ } from "./permissionWords";

const yes: Truth = { kind: "yes" };
const no: Truth = { kind: "no" };

/** A permission whose three truths are as given. */
export const truths = (permission: PermissionWords, granted: Truth, inToken: Truth): PermissionStatus => ({
  permission,
  requested: yes,
  granted,
  inToken,
  grantedFor: granted.kind === "yes" ? "everyone" : null,
});

/** The finished set-up that a run made. */
export function connectionOf(run: RunView): ConnectionView {
  const waiting = run.summary.state === "waitingForOther";
  const granted = waiting ? no : yes;
  const inToken: Truth = waiting ? { kind: "unknown", why: "No token was asked for yet." } : yes;
  const registration = (
    key: string,
    name: string,
    appId: string,
    expiresAt: string,
    permissions: PermissionWords[],
  ) => ({
    key,
    name,
    appId,
    objectId: `0b1c${appId.slice(4)}`,
    servicePrincipalId: `9e7d${appId.slice(4)}`,
    secret: {
      keyId: `77aa${appId.slice(4)}`,
      name: "Totalview",
      hint: "Q7x",
      createdAt: run.summary.startedAt,
      expiresAt,
      stored: true,
      keptAt: null,
    },
    permissions: permissions.map((permission) => truths(permission, granted, inToken)),
    permissionsAt: run.summary.startedAt,
  });
  return {
    summary: {
      id: run.summary.connectionId ?? "connection-totalview",
      connectorId: TOTALVIEW.summary.id,
      connectorName: TOTALVIEW.summary.name,
      tenantName: ANNA.tenantName,
      state: waiting
        ? "waitingForOther"
        : run.proofs.every(({ result }) => result.kind === "proved")
          ? "works"
          : "broken",
      nextExpiry: "2026-12-02T00:00:00Z",
      provedAt: waiting ? null : run.summary.startedAt,
    },
    registrations: [
      registration(
        "calendar",
        "Totalview Calendar Synchronization",
        "5f2b8c1e-7a4d-4b0e-9c38-2d61f0a79a41",
        "2026-12-02T00:00:00Z",
        [CALENDARS_READ, CALENDARS_WRITE, USERS_READ],
      ),
      registration(
        "email",
        "Totalview E-Mail Sending",
        "a1c4d9f3-3b6e-4f72-8e15-90b7c2d4e6f8",
        "2027-11-18T00:00:00Z",
        [MAIL_SEND],
      ),
    ],
    proofs: run.proofs,
    handOver: {
      sections: [
        {
          title: "Calendar",
          place: ["Exchange365 connector", "Connection"],
          note: null,
          fields: [
            field("tenant", "Tenant id", "Directory (tenant) ID", ANNA.tenantId),
            field("client", "Client id", "Application (client) ID", "5f2b8c1e-7a4d-4b0e-9c38-2d61f0a79a41"),
            secretField("secret", "Secret"),
          ],
        },
        {
          title: "E-mail",
          place: ["Exchange365 connector", "E-mail settings"],
          note: null,
          fields: [
            field("tenant2", "Mail tenant id", "Directory (tenant) ID", ANNA.tenantId),
            field(
              "client2",
              "Mail client id",
              "Application (client) ID",
              "a1c4d9f3-3b6e-4f72-8e15-90b7c2d4e6f8",
            ),
            secretField("secret2", "Mail client secret"),
            field("sender", "Sender from-address", null, "switchboard@fjordvik.example"),
          ],
        },
      ],
    },
    followUps: TOTALVIEW.followUps.map((followUp) => ({ followUp, done: false, script: null })),
    runs: [run.summary],
    retest: null,
    toTry: [],
    grantRequest: waiting
      ? {
          links: [
            {
              registration: "Totalview Calendar Synchronization",
              url: "https://login.microsoftonline.com/common/adminconsent?client_id=5f2b8c1e",
            },
          ],
          message:
            "Hello Anna,\n\nTotalview is set up except for one step that needs your role: granting its permissions. This link opens Microsoft’s page for it.\n",
          fileName: "grant-totalview.gatehouse-request.json",
          fileText: "{}",
          people: ["Anna Berg (Global Administrator)"],
        }
      : null,
  };
}

function field(id: string, label: string, microsoftTerm: string | null, value: string | null) {
  return { id, label, microsoftTerm, note: null, value, secret: false, authorize: null };
}

const secretField = (id: string, label: string) => ({
  ...field(id, label, "Client secret (value)", null),
  note: "This is the value of the secret. Totalview does not use the Secret ID.",
  secret: true,
});
