import type { PlanStep, PlanView, ProofView, RunStep, RunView } from "../../contract/types";
import { ANNA } from "./people";
import { planSteps } from "./plans";

/** A run of a plan, before its first step. */
export function newRun(id: string, plan: PlanView): RunView {
  return {
    summary: {
      id,
      title: plan.title,
      tenantName: plan.account.tenantName,
      by: plan.account.name,
      startedAt: "2026-11-20T09:41:00Z",
      state: "running",
      connectionId: null,
    },
    steps: plan.steps.map((step) => ({ step, state: { kind: "waiting" }, tookMs: null })),
    proofs: [],
    error: null,
    canUndo: false,
    canResume: false,
    cannotUndo: ["Microsoft keeps a removed app registration for 30 days before it is gone for good."],
    unsavedSecrets: [],
    ownClientId: null,
  };
}

/** What is proved at the end. */
export const proofs = (): ProofView[] => [
  {
    id: "p1",
    sentence: "Totalview gets a token with the new secret, and it carries the permissions",
    group: "Totalview Calendar Synchronization",
    result: { kind: "waiting" },
    seen: null,
  },
  {
    id: "p2",
    sentence: "Totalview can read the calendar of maja.lind@fjordvik.example",
    group: "Totalview Calendar Synchronization",
    result: { kind: "waiting" },
    seen: null,
  },
  {
    id: "p3",
    sentence: "Totalview can send a message from switchboard@fjordvik.example",
    group: "Totalview E-Mail Sending",
    result: { kind: "waiting" },
    seen: null,
  },
];

const SEEN: Record<string, string> = {
  p1: "Calendars.Read, Calendars.ReadWrite, User.Read.All",
  p2: "3 events this week",
  p3: "The message arrived",
};

/** A proof that succeeded. */
export const proved = (proof: ProofView): ProofView => ({
  ...proof,
  result: { kind: "proved" },
  seen: SEEN[proof.id] ?? null,
});

const done = (step: PlanStep, index: number): RunStep => ({
  step,
  state: { kind: "done" },
  tookMs: 140 + ((index * 97) % 400),
});

const title = "Set up Totalview in Fjordvik Foods";

/** A run that ended well, some weeks ago. */
export function finishedRun(): RunView {
  const steps = planSteps(["calendar", "email"], true);
  return {
    summary: {
      id: "run-done",
      title,
      tenantName: ANNA.tenantName,
      by: ANNA.name,
      startedAt: "2026-11-18T13:05:00Z",
      state: "done",
      connectionId: "connection-totalview",
    },
    steps: steps.map(done),
    proofs: proofs().map(proved),
    error: null,
    canUndo: true,
    canResume: false,
    cannotUndo: ["Microsoft keeps a removed app registration for 30 days before it is gone for good."],
    unsavedSecrets: [],
    ownClientId: null,
  };
}

/** A run that stopped half-way when the window was closed. */
export function interruptedRun(): RunView {
  const steps = planSteps(["calendar"], true);
  return {
    ...finishedRun(),
    summary: {
      ...finishedRun().summary,
      id: "run-stopped",
      startedAt: "2026-11-20T08:55:00Z",
      state: "interrupted",
      connectionId: null,
    },
    steps: steps.map((step, index) =>
      index < 2 ? done(step, index) : { step, state: { kind: "waiting" }, tookMs: null },
    ),
    proofs: [],
    canResume: true,
  };
}
