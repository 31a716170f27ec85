import type {
  Approval,
  Disconnected,
  PersonalConnection,
  PersonalRequest,
  SignInEvent,
  SignInStarted,
} from "../../contract/types";
import { approvalOf } from "./approvals";
import { CONSENT_DECLINED } from "./failures";
import { found } from "./found";
import type { Handlers } from "./index";
import { pause } from "./index";
import { proofOf, WRONG_PERSON, working } from "./personalConnections";
import { permissionOf } from "./personalWords";
import { fakeClock, type World } from "./world";

let attempts = 0;
/** Sign-ins that wait for their answer. */
const waiting = new Map<string, (event: SignInEvent) => void>();

/** Ends one of them; false when it is not one of these. */
export function cancelPersonal(id: string): boolean {
  const emit = waiting.get(id);
  if (!waiting.delete(id)) return false;
  emit?.({ kind: "cancelled" });
  return true;
}

/** A browser that answers after a moment; `finish` says with what. */
export function inBrowser(
  world: World,
  emit: (event: SignInEvent) => void,
  finish: () => SignInEvent,
): SignInStarted {
  attempts += 1;
  const id = `personal-${attempts}`;
  waiting.set(id, emit);
  void play(world, id, emit, finish);
  return { signInId: id, endsAt: new Date(fakeClock().getTime() + 300_000).toISOString() };
}

async function play(world: World, id: string, emit: (event: SignInEvent) => void, finish: () => SignInEvent) {
  await pause(200);
  emit({ kind: "browserOpened" });
  if (world.signInWaits) return;
  await pause(900);
  if (!waiting.delete(id)) return;
  if (world.signInFails) return emit({ kind: "failed", error: CONSENT_DECLINED });
  if (world.wrongPerson) return emit({ kind: "failed", error: WRONG_PERSON });
  emit({ kind: "returned" });
  await pause(300);
  emit(finish());
}

function connected(world: World, request: PersonalRequest): SignInEvent {
  if (world.adminMustAgree) {
    const approval = approvalOf(request);
    world.approvals.set(approval.id, approval);
    return { kind: "needsApproval", approval };
  }
  return { kind: "connected", connection: keep(world, request) };
}

/** Keeps the connection that a request led to. */
export function keep(world: World, request: PersonalRequest): PersonalConnection {
  const before = request.connectionId === null ? undefined : world.personal.get(request.connectionId);
  const connection = working(request.features, {
    ...(before && { ...before, state: { kind: "works" } }),
    id: before?.id ?? `personal-${world.personal.size + 1}-new`,
    product: request.product ?? before?.product ?? "Gatehouse",
    clientId: request.clientId,
    features: request.features,
    permissions: working(request.features).permissions,
    proofs: request.features.map(proofOf),
    connectedAt: before?.connectedAt ?? fakeClock().toISOString(),
    lasts: working([]).lasts,
    lastsUntil: working([]).lastsUntil,
  });
  world.personal.set(connection.id, connection);
  return connection;
}

function disconnect(world: World, id: string, lookFirst: boolean): Disconnected {
  const { product } = found(world.personal.get(id));
  world.personal.delete(id);
  return {
    removed: [`The sign-in for ${product} was deleted from this computer.`],
    revoked: lookFirst ? [`Microsoft no longer lets ${product} act for you.`] : [],
    remains: [
      {
        sentence: "A pass that was given out already works for up to one hour.",
        way: "It ends by itself. Nobody has to do anything.",
        link: null,
      },
      ...(lookFirst
        ? []
        : [
            {
              sentence: `Microsoft still lists ${product} among your apps.`,
              way: "You can remove it on Microsoft’s page.",
              link: "https://myapps.microsoft.com",
            },
          ]),
    ],
  };
}

/** A person's own connections. */
export const personalHandlers = {
  personal_preview: (world, request) => {
    const before = request.connectionId === null ? undefined : world.personal.get(request.connectionId);
    const has = new Set(before?.features ?? []);
    return {
      permissions: request.features.map(permissionOf),
      added: request.features.filter((each) => !has.has(each)).map((each) => permissionOf(each).key),
      always: ["See your name and picture.", "Stay connected while you are away."],
      issues:
        request.accounts.kind === "personal" && request.cloud === "china"
          ? ["Personal accounts do not exist in this cloud."]
          : [],
    };
  },
  personal_connect: (world, request, emit) => inBrowser(world, emit, () => connected(world, request)),
  personal_connections: (world) => [...world.personal.values()],
  personal_connection: (world, id) => found(world.personal.get(id)),
  personal_check: async (world, id) => {
    await pause(500);
    const connection = found(world.personal.get(id));
    connection.checkedAt = fakeClock().toISOString();
    if (connection.state.kind === "offline" || connection.state.kind === "notLooked")
      connection.state = { kind: "works" };
    return connection;
  },
  personal_test_message: async (world, id) => {
    await pause(500);
    const connection = found(world.personal.get(id));
    connection.proofs = connection.proofs.map((proof) =>
      proof.feature === "mailSend"
        ? {
            ...proof,
            outcome: { kind: "works", sentence: `A test message went to ${connection.upn}.`, lines: [] },
            at: fakeClock().toISOString(),
          }
        : proof,
    );
    return connection;
  },
  personal_drop: (world, { connectionId, features }) => {
    const connection = found(world.personal.get(connectionId));
    const stays = (feature: (typeof features)[number]) => !features.includes(feature);
    connection.features = connection.features.filter(stays);
    connection.permissions = connection.permissions.filter((each) => stays(each.feature));
    connection.proofs = connection.proofs.filter((each) => stays(each.feature));
    connection.leftovers = features.map((feature) => ({
      sentence: `Microsoft still lets ${connection.product}: ${permissionOf(feature).sentence.toLowerCase()}`,
      way: "You can take it back on Microsoft’s page. That ends the whole connection, so connect again after it.",
      link: "https://myapps.microsoft.com",
    }));
    return connection;
  },
  personal_disconnect: (world, { connectionId, lookFirst }) => disconnect(world, connectionId, lookFirst),
  personal_copy_token: (world) => ({ clearedInSeconds: world.settings.clipboardSeconds }),
  personal_save_file: () => "/home/maja/Downloads/totalview.gatehouse-connection.json",
} satisfies Partial<Handlers>;

/** What an approval became. */
export function finish(world: World, approval: Approval): Approval {
  approval.watch = { kind: "granted" };
  approval.connectionId = keep(world, approval.request).id;
  return approval;
}
