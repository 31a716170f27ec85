import type { ConnectorView, SetupDraft } from "../../contract/types";
import { approvalHandlers } from "./approvalHandlers";
import { authorizeHandlers } from "./authorize";
import { connectedHandlers } from "./connected";
import { CONNECTORS } from "./connectors";
import { customHandlers } from "./custom";
import { checkDraft } from "./draftCheck";
import { found } from "./found";
import type { Handlers } from "./index";
import { inventoryHandlers } from "./inventory";
import { invitationHandlers } from "./invitations";
import { mailboxHandlers } from "./mailboxes";
import { noteHandlers } from "./notes";
import { organisationHandlers } from "./organisation";
import { ANNA, PRACTICE } from "./people";
import { USERS_READ } from "./permissionWords";
import { cancelPersonal, personalHandlers } from "./personal";
import { planFor } from "./plans";
import { registrationHandlers } from "./registrations";
import { reminderHandlers } from "./reminders";
import { rotationHandlers } from "./rotations";
import { cancelRun, resumeRun, startRun, undoRun } from "./runner";
import { cancelSignIn, startSignIn } from "./signIn";
import { chooseVault, openVault } from "./vault";
import type { World } from "./world";

/** The imitation of every command. */
export const handlers: Handlers = {
  ...authorizeHandlers,
  ...personalHandlers,
  ...approvalHandlers,
  ...invitationHandlers,
  ...connectedHandlers,
  ...customHandlers,
  ...mailboxHandlers,
  ...organisationHandlers,
  ...registrationHandlers,
  ...inventoryHandlers,
  ...noteHandlers,
  ...reminderHandlers,
  ...rotationHandlers,

  app_status: (world) => world.status,
  app_changes: (world, _, emit) => {
    world.tell = emit;
    return null;
  },
  space_enter: (world, space) => {
    world.status.space = space;
    world.status.practice = space === "practice" ? PRACTICE : null;
    return world.status;
  },
  space_leave: (world) => {
    Object.assign(world.status, { space: null, practice: null, accounts: [], activeAccount: null });
    return world.status;
  },
  settings_get: (world) => world.settings,
  settings_set: (world, settings) => {
    world.settings = settings;
    return settings;
  },
  link_open: () => null,

  organisation_clients: (world) => world.clients,
  sign_in_reason: (_, purpose) => ({
    purpose,
    sentence: {
      identify: "Gatehouse asks who you are, and nothing else.",
      inspect: "Gatehouse reads app registrations and their permissions. It cannot change anything.",
      setUp:
        "Gatehouse may create app registrations and grant permissions, always after you have seen the plan.",
      mailboxes:
        "Gatehouse asks Exchange which mailboxes an app reaches, and may limit them after you have seen the plan.",
      people: "Gatehouse may create the service account and give it a licence, after you have seen the plan.",
      reports:
        "Gatehouse reads how usage reports show people, and may change it after you have seen the plan.",
      calendar: "Gatehouse may write its reminders into your calendar.",
      sharedCalendar: "Gatehouse may write its reminders into a calendar that is shared with you.",
      signIns: "Gatehouse reads the sign-in records, to see whether an old secret is still used.",
    }[purpose],
    permissions: [
      {
        ...USERS_READ,
        key: "me",
        kind: "delegated",
        value: "User.Read",
        sentence: "Read your own profile",
        risk: "low",
        riskReason: "It is only your own.",
        why: "",
      },
    ],
  }),
  sign_in_start: startSignIn,
  sign_in_open_again: () => null,
  sign_in_copy_link: () => ({ clearedInSeconds: null }),
  sign_in_cancel: (world, id) => (cancelPersonal(id) ? null : cancelSignIn(world, id)),
  account_choose: (world, id) => {
    const account = found(world.status.accounts.find((each) => each.id === id));
    world.status.activeAccount = id;
    return account;
  },
  sign_out: (world, id) => {
    world.status.accounts = world.status.accounts.filter((account) => account.id !== id);
    if (world.status.activeAccount === id) world.status.activeAccount = world.status.accounts[0]?.id ?? null;
    return {
      removed: ["The session was removed from this computer."],
      remains: [
        "The browser may still be signed in.",
        "Access that Microsoft has given out stays valid for about an hour.",
      ],
    };
  },

  vault_open: openVault,
  vault_choose: chooseVault,

  connectors: (world) => here(world).map((connector) => counted(world, connector).summary),
  connector: (world, id) => counted(world, found(here(world).find((each) => each.summary.id === id))),
  draft_save: saveDraft,
  draft_check: (world, id) => {
    const draft = found(world.drafts.get(id));
    const connector = found(CONNECTORS.find((each) => each.summary.id === draft.connectorId));
    return checkDraft(connector, draft);
  },
  draft_discard: (world, id) => {
    world.drafts.delete(id);
    world.status.drafts = [...world.drafts.values()];
    return null;
  },

  plan_make: (world, request) => {
    const active = world.status.accounts.find((account) => account.id === world.status.activeAccount) ?? ANNA;
    const draft = request.kind === "setUp" ? world.drafts.get(request.draftId) : undefined;
    const plan = planFor(request, active, draft);
    plans.set(plan.id, plan);
    return plan;
  },
  run_start: (world, id, emit) => startRun(world, found(plans.get(id)), emit),
  run_resume: (world, id, emit) => resumeRun(world, found(world.runs.get(id)), emit),
  run_undo: (world, id, emit) => undoRun(world, found(world.runs.get(id)), emit),
  run_cancel: cancelRun,
  unsaved_secret_copy: (world) => ({ clearedInSeconds: world.settings.clipboardSeconds }),
  unsaved_secret_retry: (world, { runId, keyId }) => forgetSecret(world, runId, keyId),
  unsaved_secret_kept_elsewhere: (world, { runId, keyId }) => forgetSecret(world, runId, keyId),
  runs: (world) =>
    [...world.runs.values()]
      .map((run) => run.summary)
      .sort((left, right) => right.startedAt.localeCompare(left.startedAt)),
  run: (world, id) => found(world.runs.get(id)),

  connections: (world) => [...world.connections.values()].map((connection) => connection.summary),
  connection: (world, id) => found(world.connections.get(id)),
  connection_refresh: (world, id) => found(world.connections.get(id)),
  connection_test: (world, id) => found(world.connections.get(id)),
  follow_up_tick: (world, tick) => {
    const connection = found(world.connections.get(tick.connectionId));
    for (const each of connection.followUps) if (each.followUp.id === tick.followUpId) each.done = tick.done;
    return connection;
  },
  secret_kept_at: (world, kept) => {
    const connection = found(world.connections.get(kept.connectionId));
    for (const each of connection.registrations)
      if (each.key === kept.registration && each.secret !== null) each.secret.keptAt = kept.place;
    return connection;
  },
  hand_over_copy: (world) => ({ clearedInSeconds: world.settings.clipboardSeconds }),
  hand_over_reveal: () => ({ value: "Q7x8Q~pretend.secret.of.the.imitation.0000", hideAfterSeconds: 30 }),
  grant_request_save: () => "/home/anna/Downloads/grant-totalview.gatehouse-request.json",
};

const plans = new Map<string, ReturnType<typeof planFor>>();

function forgetSecret(world: World, runId: string, keyId: string): null {
  const run = found(world.runs.get(runId));
  run.unsavedSecrets = run.unsavedSecrets.filter((secret) => secret.keyId !== keyId);
  return null;
}

/** The connectors that were not removed. */
const here = (world: World) => CONNECTORS.filter((each) => !world.removed.has(each.summary.id));

/** A connector with the number of its set-ups. */
function counted(world: World, connector: ConnectorView): ConnectorView {
  const { summary } = connector;
  const here = [...world.connections.values()].filter((each) => each.summary.connectorId === summary.id);
  return { ...connector, summary: { ...summary, connections: here.length } };
}

function saveDraft(world: World, draft: SetupDraft): SetupDraft {
  const saved = {
    ...draft,
    id: draft.id === "" ? `draft-${world.drafts.size + 1}` : draft.id,
    savedAt: "2026-11-20T09:41:00Z",
  };
  world.drafts.set(saved.id, saved);
  world.status.drafts = [...world.drafts.values()];
  return saved;
}
