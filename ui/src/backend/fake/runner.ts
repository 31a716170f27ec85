import type { PlanView, RunView, StepState } from "../../contract/types";
import { connectionOf } from "./connections";
import { pause } from "./index";
import { newRun, proofs, proved } from "./runs";
import { fakeClock, type World } from "./world";

const STEP_MS = 350;
const cancelled = new Set<string>();

/** Plays a plan, step by step. */
export async function startRun(world: World, plan: PlanView, emit: (run: RunView) => void): Promise<RunView> {
  const run = newRun(`run-${world.runs.size + 1}`, plan);
  world.runs.set(run.summary.id, run);
  return goOn(world, run, emit);
}

/** Goes on where it stopped. */
export async function resumeRun(world: World, run: RunView, emit: (run: RunView) => void): Promise<RunView> {
  cancelled.delete(run.summary.id);
  return goOn(world, run, emit);
}

/** Takes the steps back, last first. */
export async function undoRun(world: World, run: RunView, emit: (run: RunView) => void): Promise<RunView> {
  Object.assign(run, { canUndo: false, canResume: false, error: null });
  run.summary.state = "undoing";
  for (const step of [...run.steps].reverse()) {
    if (step.state.kind !== "done") continue;
    emit(run);
    await pause(STEP_MS);
    step.state = { kind: "undone" };
  }
  run.summary.state = "undone";
  if (run.summary.connectionId !== null) world.connections.delete(run.summary.connectionId);
  return rest(world, run, emit);
}

/** Stops before the next step. */
export function cancelRun(_: World, id: string): null {
  cancelled.add(id);
  return null;
}

async function goOn(world: World, run: RunView, emit: (run: RunView) => void): Promise<RunView> {
  Object.assign(run, { canUndo: false, canResume: false, error: null });
  run.summary.state = "running";
  const own = run.summary.title.includes("Gatehouse");
  for (const [index, step] of run.steps.entries()) {
    if (step.state.kind === "done") continue;
    if (cancelled.has(run.summary.id)) {
      run.summary.state = "interrupted";
      Object.assign(run, { canResume: true, canUndo: true });
      return rest(world, run, emit);
    }
    if (step.step.notByYou !== null) {
      step.state = { kind: "notByYou" };
      continue;
    }
    const show = async (state: StepState, milliseconds: number) => {
      step.state = state;
      emit(run);
      await pause(milliseconds);
    };
    await show({ kind: "active" }, STEP_MS);
    if (index === 1) {
      const until = new Date(fakeClock().getTime() + 2_000).toISOString();
      await show({ kind: "held", why: "Microsoft is still spreading the change.", until }, STEP_MS * 4);
    }
    step.state = { kind: "done" };
    step.tookMs = 180 + index * 40;
  }
  const forOther = run.steps.some((step) => step.state.kind === "notByYou");
  if (!forOther && !own) await prove(run, emit);
  run.summary.state = forOther ? "waitingForOther" : "done";
  run.canUndo = true;
  if (own) run.ownClientId = "3d1f6a0e-52b7-4a39-8e43-0f0c2b7a9d55";
  else {
    run.summary.connectionId = "connection-totalview";
    world.connections.set("connection-totalview", connectionOf(run));
  }
  return rest(world, run, emit);
}

async function prove(run: RunView, emit: (run: RunView) => void) {
  run.proofs = proofs();
  for (const [index, proof] of run.proofs.entries()) {
    run.proofs[index] = { ...proof, result: { kind: "active" } };
    emit(run);
    await pause(STEP_MS);
    run.proofs[index] = proved(proof);
  }
}

function rest(world: World, run: RunView, emit: (run: RunView) => void): RunView {
  world.status.unfinishedRuns = [...world.runs.values()]
    .map((each) => each.summary)
    .filter((summary) => summary.state === "interrupted");
  emit(run);
  return run;
}
