import type { RunView } from "../../contract/types";
import { t } from "../../words";

/** How a run stands, in a sentence. */
export function stateSentence(run: RunView, stopping: boolean): string {
  switch (run.summary.state) {
    case "running":
      return t(stopping ? "run.stopping" : "run.running");
    case "undoing":
      return t("run.undoing");
    case "interrupted":
      return run.error === null ? t("run.interrupted") : t("run.failed");
    case "waitingForOther":
      return t("run.waitingForOther");
    case "undone":
      return t("run.undone");
    case "done":
      return doneSentence(run);
  }
}

function doneSentence(run: RunView): string {
  if (run.ownClientId !== null) return t("run.doneOwn");
  if (run.proofs.length === 0) return t("run.doneGrant");
  const proved = run.proofs.every((proof) => proof.result.kind === "proved");
  return t(proved ? "run.done" : "run.doneUnproved");
}
