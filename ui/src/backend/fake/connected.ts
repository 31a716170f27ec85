import type {
  ConnectedGrant,
  ConnectedPerson,
  PersonalFeature,
  PlanRequest,
  PlanStep,
  PlanView,
} from "../../contract/types";
import type { Handlers } from "./index";
import { appsOf } from "./inventoryApps";
import { ANNA, KARIM, LONG, MAJA } from "./people";
import { delegated } from "./permissionWords";
import { permissionOf } from "./personalWords";
import type { World } from "./world";

const SIGN_IN = ["openid", "profile"].map((value) => delegated(value, value, `Sign people in (${value}).`));
/** As many as one answer holds. */
const MOST = 999;

/** What somebody allowed: features, and who it is. */
function grantOf(...features: PersonalFeature[]): ConnectedGrant {
  const permissions = [...features.map(permissionOf), ...SIGN_IN];
  return { permissions, scopes: permissions.map(({ value }) => value) };
}

const idOf = (n: number) => `b0c7f0de-0000-4000-8000-${String(n).padStart(12, "0")}`;

const FEW: ConnectedPerson[] = [
  { ...who(ANNA), id: idOf(1), grant: grantOf("calendarWrite", "mailSend") },
  { ...who(KARIM), id: idOf(2), grant: grantOf("calendarRead") },
  { ...who(MAJA), id: idOf(3), grant: grantOf("calendarRead", "mailRead", "contactsRead") },
  {
    id: idOf(4),
    name: "Olga Petrova",
    upn: "olga.petrova@fjordvik.example",
    enabled: false,
    grant: grantOf("mailRead", "mailSend"),
  },
  { id: idOf(5), name: idOf(5), upn: null, enabled: null, grant: grantOf("mailWrite", "contactsWrite") },
];

function who({ name, upn }: { name: string; upn: string }) {
  return { name, upn, enabled: true };
}

/** Everybody in an organisation of thousands, as far as one answer goes. */
const many = (): ConnectedPerson[] =>
  Array.from({ length: MOST }, (_, n) => {
    const name = `Colleague ${String(n + 1).padStart(4, "0")}`;
    const upn = `colleague${n + 1}@fjordvik.example`;
    return { ...who({ name, upn }), id: idOf(n), grant: grantOf("calendarRead", "mailRead") };
  });

function peopleIn(world: World): ConnectedPerson[] {
  if (world.inventory.size > MOST) return many();
  if (world.status.activeAccount !== LONG.id) return FEW;
  const features = ["calendarWrite", "mailWrite", "mailSend", "contactsWrite"] as const;
  return [{ ...who(LONG), id: idOf(9), grant: grantOf(...features) }, ...FEW];
}

/** The plan that takes back what was allowed. */
export function revocation(
  request: Extract<PlanRequest, { kind: "revokeConsent" }>,
  base: Omit<PlanView, "title" | "steps" | "permissions" | "secretsExpire">,
): PlanView {
  const { whose } = request;
  const chosen = whose.kind === "all" ? FEW : FEW.filter(({ id }) => whose.ids.includes(id));
  const group = "Payroll export";
  const steps = chosen.map(
    ({ id, name, grant }): PlanStep => ({
      id: `revoke:${id}`,
      sentence: `Take back what ${name} allowed “${group}”: ${grant.scopes.join(", ")}.`,
      doneSentence: `Took back what ${name} allowed “${group}”.`,
      group,
      writes: true,
      requests: [
        {
          method: "DELETE",
          url: `https://graph.microsoft.com/v1.0/oauth2PermissionGrants/${id}`,
          body: null,
        },
      ],
      undo: "What the person had allowed is given again, as it was.",
      already: false,
      notByYou: null,
    }),
  );
  return {
    ...base,
    title: `Take back what was allowed ${group}`,
    steps,
    permissions: [],
    secretsExpire: null,
    cannotUndo: ["Microsoft's audit log keeps a record of each change."],
    problems: [
      {
        code: "graphRefused",
        blocks: false,
        title: "It does not stop at once",
        why: `What “${group}” has in its hands goes on working for up to about 90 minutes, with some products for up to 28 hours. What it has copied stays with it.`,
        people: [],
        action: null,
      },
    ],
  };
}

/** Who has let an app act for them. */
export const connectedHandlers = {
  connected_people: (world, { appId }) => {
    const app = (world.inventory.apps ?? appsOf(40)).find((each) => each.row.app.appId === appId);
    const nobody = world.bare || app?.row.disabled === true;
    return {
      appName: app?.row.app.name ?? "Totalview",
      appId,
      everyone: nobody ? null : grantOf("calendarRead"),
      people: nobody ? [] : peopleIn(world),
      more: !nobody && world.inventory.size > MOST,
      lookedAt: "2026-11-20T09:38:00Z",
    };
  },
} satisfies Partial<Handlers>;
