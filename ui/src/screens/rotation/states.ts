import type { Tone } from "../../components/StateWord";
import type { RotationState, RotationView } from "../../contract/types";
import type { WordKey } from "../../words";

/** How each state of a rotation is shown. */
export const STATES: Record<RotationState, [Tone, WordKey]> = {
  handOver: ["info", "rotation.handOver"],
  watching: ["wait", "rotation.watching"],
  idle: ["good", "rotation.idle"],
  stillUsed: ["warn", "rotation.stillUsed"],
  done: ["good", "rotation.done"],
  undone: ["quiet", "rotation.undone"],
};

/** Who has to do something now. */
export type Waits = "yours" | "watched" | "past";

/** Whose turn it is. A rotation that cannot be watched waits for the person. */
export function waitsFor({ state, oldLastUse }: Pick<RotationView, "state" | "oldLastUse">): Waits {
  if (state === "done" || state === "undone") return "past";
  if (state === "watching") return oldLastUse.kind === "unknown" ? "yours" : "watched";
  return "yours";
}

/** The stages of a rotation, and how far it is: those before the number are behind it. */
export function stageOf(state: RotationState): number {
  return { undone: 0, handOver: 1, watching: 2, stillUsed: 2, idle: 3, done: 4 }[state];
}
