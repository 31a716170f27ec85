import type { PlanRequest } from "../../contract/types";

/** What comes after a run of this window, by run: the rest of what one plan could not take. */
const next = new Map<string, PlanRequest>();

/** There is more of it than this run does. */
export function rememberNext(runId: string, request: PlanRequest): void {
  next.set(runId, request);
}

/** What to plan after this run; undefined where nothing is left, or where another window began it. */
export const nextAfter = (runId: string): PlanRequest | undefined => next.get(runId);
