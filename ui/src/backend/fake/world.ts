import type {
  AccountView,
  Approval,
  AppStatus,
  Changed,
  ConnectionView,
  OrganisationClient,
  PersonalConnection,
  RemindersView,
  RotationView,
  RunView,
  Settings,
  SetupDraft,
} from "../../contract/types";
import { waitingApproval } from "./approvals";
import { certeroConnection } from "./certeroConnection";
import { connectionOf } from "./connections";
import { DAMAGED } from "./failures";
import { type Inventory, inventoryIn, newInventory } from "./inventory";
import { INVITATION_LINK } from "./invitations";
import { badDays } from "./moreRuns";
import { type Notes, newNotes } from "./notes";
import { ANNA, BOOTSTRAP, KARIM, LONG, MAJA, PRACTICE } from "./people";
import { everyState, longConnection } from "./personalConnections";
import { newReminders } from "./reminders";
import { newRotations } from "./rotations";
import { finishedRun, interruptedRun } from "./runs";

const BEGINNING = Date.parse("2026-11-20T09:41:00Z");

/** The imitation's time begins at the same moment on every day, so that pictures stay the same. */
export const fakeClock = () => new Date(BEGINNING + performance.now());

/** Everything that the imitation remembers. */
export interface World {
  status: AppStatus;
  settings: Settings;
  /** Organisations whose own registration is known. */
  clients: OrganisationClient[];
  drafts: Map<string, SetupDraft>;
  runs: Map<string, RunView>;
  connections: Map<string, ConnectionView>;
  /** The organisation's apps, as last read. */
  inventory: Inventory;
  notes: Notes;
  rotations: RotationView[];
  reminders: RemindersView;
  /** Ids of connectors that were removed. */
  removed: Set<string>;
  /** The organisation has no apps, groups or licences. */
  bare: boolean;
  /** Reads fail. */
  broken: boolean;
  /** A sign-in never comes back. */
  signInWaits: boolean;
  /** A sign-in is refused. */
  signInFails: boolean;
  /** A person's own connections. */
  personal: Map<string, PersonalConnection>;
  /** What waits for an admin. */
  approvals: Map<string, Approval>;
  /** Approvals that were looked at once; the admin has agreed by the next look. */
  onceLooked: Set<string>;
  /** The link that the window was opened with. */
  invitation: string | null;
  /** An admin must agree to each connection. */
  adminMustAgree: boolean;
  /** Somebody else comes back from each sign-in. */
  wrongPerson: boolean;
  /** Tells the window that something changed that it did not ask for. */
  tell: (changed: Changed) => void;
}

/** Situations to look at, by the name in `?scenario=`. */
export const SCENARIOS: Record<string, (world: World) => World> = {
  /** Nothing chosen yet: Welcome. */
  fresh: (world) => world,
  /** A day in practice: something to do, something done. */
  practice: (world) => busy(enter(world)),
  /** Signed in, nothing done yet. */
  empty: (world) => empty(world),
  /** Signed in, in an organisation without apps, groups or licences. */
  bare: (world) => {
    empty(world).bare = true;
    return world;
  },
  /** In practice, nobody signed in. */
  signedOut: (world) => nobody(enter(world)),
  /** On the way to a real organisation, nobody signed in. */
  realSignedOut: (world) => {
    nobody(enter(world)).status.space = "real";
    world.clients.push({
      ...clientOf(ANNA),
      cloud: "china",
      tenantId: "c0ffee00-2b1f-4d55-8a63-9d2f4e6a7b80",
      tenantName: "Fjordvik Logistics",
    });
    world.status.practice = null;
    return world;
  },
  /** A real organisation, at work. */
  real: (world) => {
    busy(enter(world));
    world.status.space = "real";
    world.status.practice = null;
    world.status.accounts = world.status.accounts.map((account) => ({ ...account, cloud: "global" }));
    return world;
  },
  /** Signed in through Microsoft's client, before the organisation has its own registration. */
  bootstrap: (world) => {
    enter(world);
    world.status.space = "real";
    world.status.practice = null;
    world.status.accounts = [{ ...BOOTSTRAP, cloud: "global" }];
    world.status.activeAccount = BOOTSTRAP.id;
    return world;
  },
  /** Somebody who cannot grant what an app does by itself. */
  cloudAdmin: (world) => {
    busy(enter(world));
    world.status.accounts = [KARIM, ANNA];
    world.status.activeAccount = KARIM.id;
    return world;
  },
  /** Somebody without any role. */
  user: (world) => {
    enter(world);
    world.status.accounts = [{ ...MAJA, state: "ready" }];
    world.status.activeAccount = MAJA.id;
    return world;
  },
  /** A person without any role, with connections in every state and one that waits for an admin. */
  personal: (world) => connectedPerson(world),
  /** The same person was sent an invitation. */
  invited: (world) => {
    connectedPerson(world).invitation = INVITATION_LINK;
    world.personal.clear();
    world.approvals.clear();
    return world;
  },
  /** Nothing chosen yet, and the window was opened with an invitation to practise. */
  invitedFresh: (world) => {
    world.invitation = INVITATION_LINK;
    return world;
  },
  /** An admin must agree to each connection. */
  adminMustAgree: (world) => {
    connectedPerson(world).adminMustAgree = true;
    return world;
  },
  /** Another person comes back than was expected. */
  wrongPerson: (world) => {
    connectedPerson(world).wrongPerson = true;
    return world;
  },
  /** A person whose browser never comes back. */
  personalWaits: (world) => {
    connectedPerson(world).signInWaits = true;
    return world;
  },
  /** A person's saved sign-in cannot be read, Microsoft cannot be reached, and nobody can see what an admin does. */
  personalClosed: (world) => {
    for (const connection of connectedPerson(world).personal.values())
      connection.state = { kind: connection.id === "personal-sense" ? "offline" : "vaultClosed" };
    for (const approval of world.approvals.values()) approval.watch = { kind: "cannot" };
    return world;
  },
  /** A person, an organisation and a product with names as long as they come. */
  personalLong: (world) => {
    connectedPerson(world);
    world.personal.set("personal-long", longConnection());
    return world;
  },
  /** Everything that is read fails. */
  broken: (world) => {
    enter(world);
    world.broken = true;
    world.status.clockAheadSeconds = 540;
    world.status.storageProblem = DAMAGED;
    return world;
  },
  /** Runs and set-ups in every state. */
  badDays: (world) => {
    busy(enter(world));
    for (const run of badDays()) {
      world.runs.set(run.summary.id, run);
      if (run.summary.connectionId !== null)
        world.connections.set(run.summary.connectionId, connectionOf(run));
    }
    return world;
  },
  /** A connector that reads reports, with a token to fetch and a change that Microsoft still spreads. */
  guides: (world) => {
    busy(enter(world));
    const connection = certeroConnection();
    world.connections.set(connection.summary.id, connection);
    return world;
  },
  /** The organisation's apps were never read. */
  neverRead: (world) => inventoryIn(empty(world), "never"),
  /** They are being read. */
  reading: (world) => inventoryIn(busy(enter(world)), "reading"),
  /** Microsoft asked to wait meanwhile. */
  held: (world) => inventoryIn(busy(enter(world)), "held"),
  /** They could not be read again. */
  stale: (world) => {
    inventoryIn(busy(enter(world)), "stale").reminders.caution =
      "There is no connection. These reminders come from what was read on 14 November.";
    return world;
  },
  /** There are 50,000 of them. */
  many: (world) => inventoryIn(busy(enter(world)), "many"),
  /** Long names. */
  long: (world) => {
    busy(enter(world));
    world.status.accounts = [LONG, ANNA];
    world.status.activeAccount = LONG.id;
    return world;
  },
  /** The keyring is locked. */
  vaultLocked: (world) => {
    busy(enter(world)).status.vault = { kind: "locked" };
    return world;
  },
  /** There is no keyring. */
  vaultAbsent: (world) => {
    enter(world).status.vault = { kind: "absent", why: "No keyring service answers on this computer." };
    return world;
  },
  /** The key to what was sealed is gone. */
  keyLost: (world) => {
    enter(world).status.vault = { kind: "keyLost", sealedRecords: 3 };
    return world;
  },
  /** A passphrase is needed. */
  needsPassphrase: (world) => {
    enter(world).status.vault = { kind: "needsPassphrase" };
    return world;
  },
  /** A sign-in that nobody finishes. */
  signInWaits: (world) => {
    world.signInWaits = true;
    return nobody(enter(world));
  },
  /** A sign-in that is declined. */
  signInFails: (world) => {
    world.signInFails = true;
    return nobody(enter(world));
  },
};

/** The world at the beginning of a scenario. */
export function newWorld(scenario: string): World {
  const world: World = {
    status: {
      version: "0.1.0",
      space: null,
      practice: null,
      vault: { kind: "notOpened" },
      accounts: [],
      activeAccount: null,
      unfinishedRuns: [],
      drafts: [],
      findings: [],
      clockAheadSeconds: null,
      storageProblem: null,
    },
    settings: { theme: "system", clipboardSeconds: 30 },
    clients: [],
    drafts: new Map(),
    runs: new Map(),
    connections: new Map(),
    inventory: newInventory(),
    notes: newNotes(),
    rotations: newRotations(),
    reminders: newReminders(),
    removed: new Set(),
    bare: false,
    broken: false,
    signInWaits: false,
    signInFails: false,
    personal: new Map(),
    approvals: new Map(),
    onceLooked: new Set(),
    tell: () => undefined,
    invitation: null,
    adminMustAgree: false,
    wrongPerson: false,
  };
  return (SCENARIOS[scenario] ?? ((fresh) => fresh))(world);
}

function enter(world: World): World {
  world.status.space = "practice";
  world.status.practice = PRACTICE;
  world.status.accounts = [ANNA, MAJA];
  world.status.activeAccount = ANNA.id;
  world.status.vault = { kind: "ready", store: "keyring" };
  world.clients = [clientOf(ANNA)];
  return world;
}

/** What is remembered of an organisation after a sign-in through its own registration. */
export function clientOf(account: AccountView): OrganisationClient {
  const { cloud, tenantId, tenantName, clientId } = account;
  return { cloud, tenantId, tenantName, clientId };
}

/** Signed in, nothing done yet, nothing to renew or to remind of. */
function empty(world: World): World {
  enter(world).rotations = [];
  Object.assign(world.reminders, { reminders: [], total: 0, knownAt: null });
  return world;
}

/** A person without any role, with connections of the own account. */
function connectedPerson(world: World): World {
  empty(world).status.accounts = [{ ...MAJA, state: "ready" }];
  world.status.activeAccount = MAJA.id;
  for (const connection of everyState()) world.personal.set(connection.id, connection);
  const approval = waitingApproval();
  world.approvals.set(approval.id, approval);
  return world;
}

function nobody(world: World): World {
  world.status.accounts = [];
  world.status.activeAccount = null;
  return world;
}

/** A connection that works, a run that stopped, a wizard that was left. */
function busy(world: World): World {
  const done = finishedRun();
  const stopped = interruptedRun();
  world.runs.set(done.summary.id, done).set(stopped.summary.id, stopped);
  const connection = connectionOf(done);
  world.connections.set(connection.summary.id, connection);
  const draft: SetupDraft = {
    id: "draft-cirrus",
    connectorId: "cirrus-insight",
    connectorName: "Cirrus Insight",
    accountId: ANNA.id,
    features: ["calendarSync"],
    inputs: { domains: "fjordvik.example" },
    lifetimeMonths: 24,
    permissionsOn: [],
    mailboxAccess: {},
    audiences: {},
    ticks: [],
    step: "input:test-mailbox",
    savedAt: "2026-11-20T08:30:00Z",
  };
  world.drafts.set(draft.id, draft);
  world.status.drafts = [draft];
  world.status.unfinishedRuns = [stopped.summary];
  world.status.findings = [
    {
      id: "expiry",
      severity: "critical",
      title: "The secret of Totalview Calendar Synchronization ends in 12 days.",
      why: "Calendars stop being synchronised when it does.",
      button: "Look at it",
      target: { kind: "connection", connectionId: connection.summary.id },
    },
    {
      id: "signin",
      severity: "warning",
      title: "Maja Lind has to sign in again.",
      why: "Her session ended, so her permissions cannot be looked up.",
      button: "Sign in again",
      target: { kind: "signIn", accountId: MAJA.id },
    },
  ];
  return world;
}
