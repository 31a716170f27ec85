import type { CredentialView, RotationState, RotationView, SecretMatch } from "../../contract/types";
import { found } from "./found";
import type { Handlers } from "./index";
import { appsIn } from "./inventory";
import { appIdOf, inDays } from "./inventoryApps";
import { ANNA } from "./people";
import { fakeClock, type World } from "./world";

const NEXT: Record<RotationState, string> = {
  handOver: "Give the new one to the product. The old one goes on working meanwhile.",
  watching: "The product has the new one. Gatehouse watches whether anything still uses the old one.",
  idle: "Nothing has used the old one since. It can go.",
  stillUsed: "The old one was used after you handed the new one over. Something still has it.",
  done: "The old one is removed. Nothing is left to do.",
  undone: "The new one is gone again. The old one works as before.",
};

const credential = (name: string, days: number, more: Partial<CredentialView> = {}): CredentialView => ({
  keyId: `77aa1111-0000-4000-8000-${String(days + 10_000).padStart(12, "0")}`,
  kind: "secret",
  name,
  hint: "Q7x",
  thumbprint: null,
  startsAt: inDays(-1),
  endsAt: inDays(days, 23),
  days,
  onEnterpriseApp: false,
  lastUse: { kind: "used", at: inDays(-2, 13) },
  stored: true,
  rotationId: null,
  ...more,
});

function rotation(
  id: string,
  state: RotationState,
  app: [number, string],
  more: Partial<RotationView> = {},
): RotationView {
  const field = (name: string, label: string, microsoftTerm: string | null, value: string | null) => ({
    id: name,
    label,
    microsoftTerm,
    note: null,
    value,
    secret: value === null,
    authorize: null,
  });
  return {
    id,
    appId: appIdOf(app[0]),
    appName: app[1],
    connectionId: app[0] === 0 ? "connection-totalview" : null,
    old: [credential("prod-1", 3, { stored: false })],
    new: credential("prod-2", 180),
    state,
    next: NEXT[state],
    handOver: [
      field("client", "Client ID", "Application (client) ID", appIdOf(app[0])),
      field("tenant", "Tenant ID", "Directory (tenant) ID", ANNA.tenantId),
      field("secret", "Client secret", "Client secret (value)", null),
    ],
    handedOverAt: state === "handOver" ? null : inDays(-2, 14),
    oldLastUse: { kind: "used", at: inDays(-2, 13) },
    lookedAt: state === "handOver" ? null : "2026-11-20T09:30:00Z",
    removalRunId: null,
    startedAt: inDays(-3, 9),
    ...more,
  };
}

/** Rotations in every state. */
export const newRotations = (): RotationView[] => [
  rotation("rotation-hand", "handOver", [1, "Payroll export"]),
  rotation("rotation-still", "stillUsed", [8, "HR feed"], { oldLastUse: { kind: "used", at: inDays(0, 6) } }),
  rotation("rotation-idle", "idle", [9, "Door access"]),
  rotation("rotation-watch", "watching", [3, "Backup of mail"], {
    old: [
      credential("CN=backup 2025", 26, {
        kind: "certificate",
        hint: null,
        thumbprint: "A9F31C0D5E7788B2446611000000000000300000",
      }),
    ],
    new: credential("CN=backup 2026", 700, {
      kind: "certificate",
      hint: null,
      thumbprint: "11C0D5E7788B2446611000000000000300000A9F",
    }),
  }),
  rotation("rotation-blind", "watching", [24, "Quality reports"], {
    next: "The product has the new one. Whether anything still uses the old one is for you to find out.",
    oldLastUse: {
      kind: "unknown",
      why: "Sign-in records need a licence that this organisation does not have.",
    },
  }),
  rotation("rotation-done", "done", [15, "Parcel labels"], {
    removalRunId: "run-done",
    old: [credential("labels 2025", 20)],
  }),
  rotation("rotation-own", "handOver", [6, "Visitor screens"], {
    next: "Let the product sign in to “Visitor screens” with the new certificate. The old one works until you remove it.",
    notTried:
      "Only the public part of this certificate is here, so Gatehouse cannot sign in with it. Let the product sign in, and see that it works, before the old one goes.",
    old: [credential("CN=screens 2025", 12, { kind: "certificate", hint: null, stored: false })],
    new: credential("CN=screens 2026", 712, { kind: "certificate", hint: null, stored: false }),
    handOver: [
      {
        id: "client",
        label: "Client ID",
        microsoftTerm: "Application (client) ID",
        note: null,
        value: appIdOf(6),
        secret: false,
        authorize: null,
      },
    ],
  }),
  rotation("rotation-undone", "undone", [19, "Invoice scanner"], { new: null, handOver: [] }),
];

const one = (world: World, id: string): RotationView => found(world.rotations.find((each) => each.id === id));

function match(world: World, secret: string, appId: string | null): SecretMatch {
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(secret)) {
    return {
      sentence:
        "This is the ID of a secret, not the secret itself. The secret is called “Value” in Microsoft’s list.",
      candidates: [],
      isKeyId: true,
    };
  }
  const apps = appsIn(world).filter(({ row }) => appId === null || row.app.appId === appId);
  const candidates = apps
    .flatMap(({ row, credentials }) =>
      credentials
        .filter(({ hint }) => hint !== null && secret.startsWith(hint))
        .map((each) => ({
          appId: row.app.appId,
          appName: row.app.name,
          credential: each,
          certain: each.stored,
        })),
    )
    .sort((left, right) => Number(right.certain) - Number(left.certain))
    .slice(0, 4);
  const [first] = candidates;
  if (first === undefined)
    return { sentence: "No secret that is known here begins like this one.", candidates, isKeyId: false };
  return {
    sentence: first.certain
      ? `This is “${first.credential.name}” of ${first.appName}. It ends on 2 December.`
      : `${candidates.length} secrets begin like this one.`,
    candidates,
    isKeyId: false,
  };
}

/** Commands about renewing. */
export const rotationHandlers = {
  rotations: (world) => world.rotations,
  rotation: one,
  rotation_look: (world, id) => {
    const rotation = one(world, id);
    rotation.lookedAt = fakeClock().toISOString();
    if (rotation.state === "watching" && rotation.oldLastUse.kind !== "unknown")
      Object.assign(rotation, { state: "idle", next: NEXT.idle });
    return rotation;
  },
  rotation_handed_over: (world, id) =>
    Object.assign(one(world, id), {
      state: "watching",
      next: NEXT.watching,
      handedOverAt: fakeClock().toISOString(),
      lookedAt: fakeClock().toISOString(),
    }),
  rotation_copy: (world) => ({ clearedInSeconds: world.settings.clipboardSeconds }),
  rotation_save_key: () => "/home/anna/Downloads/backup-of-mail.pfx",
  secret_match: (world, { secret, appId }) => match(world, secret.trim(), appId),
} satisfies Partial<Handlers>;
