import type { RunView } from "../../contract/types";

/** How far a run is. */
export interface Progress {
  /** Steps that are done, or were so already. */
  done: number;
  /** Steps that are the signed-in person's to do. */
  total: number;
  /** Steps that were not begun. */
  left: number;
}

/** Counts real steps; those of another person do not count. */
export function progressOf(run: RunView): Progress {
  const own = run.steps.filter((each) => each.state.kind !== "notByYou" && each.step.notByYou === null);
  const done = own.filter((each) => each.state.kind === "done" || each.state.kind === "already").length;
  return { done, total: own.length, left: own.length - done };
}

/** An estimate is made only after this time: before, it would jump about. */
const SILENT_MS = 10_000;
/** An estimate is no more exact than this. */
const ROUGH_MS = 5_000;

/** Milliseconds until the run ends, by the pace so far; none while that cannot be said. */
export function timeLeft(run: RunView, now: Date): number | null {
  const elapsed = now.getTime() - Date.parse(run.summary.startedAt);
  const { done, left } = progressOf(run);
  if (run.summary.state !== "running" || elapsed < SILENT_MS || done < 2 || left === 0) return null;
  const rest = (elapsed / done) * left;
  return Math.ceil(rest / ROUGH_MS) * ROUGH_MS;
}

/** What to say aloud about a run now, when it differs from what was said before; none when nothing is new. */
export function newsOf(before: RunView | undefined, now: RunView): string | null {
  const saidBefore = before === undefined ? null : headline(before);
  const said = headline(now);
  return said !== null && said !== saidBefore ? said : null;
}

/** The latest thing worth saying: what is held, what went wrong, or what was done last. */
function headline(run: RunView): string | null {
  if (run.error !== null) return run.error.title;
  for (const { state } of run.steps) if (state.kind === "held") return state.why;
  const last = run.steps.findLast(({ state }) => state.kind === "done");
  return last?.step.doneSentence ?? null;
}
