import { useCallback, useState } from "react";
import { useBackend } from "../../backend/useBackend";
import type { ConnectorView, InputIssue, SetupDraft } from "../../contract/types";
import { placeOf, stepOfIssue, stepsOf } from "./steps";
import { useDraft } from "./useDraft";

/** Where one is in a wizard, and the ways on. `onComplete` is called once no answer is wrong any more. */
export function useWizard(connector: ConnectorView, initial: SetupDraft, onComplete: () => void) {
  const backend = useBackend();
  const answers = useDraft(initial);
  const { draft, change, save, isUnsaved } = answers;
  const [issues, setIssues] = useState<InputIssue[]>([]);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const steps = stepsOf(connector, draft);
  const here = placeOf(steps, draft.step);
  const [furthest, setFurthest] = useState(here);
  const reached = Math.max(furthest, here);

  const goTo = useCallback(
    (place: number) => {
      const step = steps[place];
      if (step === undefined) return;
      setFurthest((before) => Math.max(before, place));
      change((before) => ({ ...before, step: step.id }));
      void save();
    },
    [steps, change, save],
  );

  /** Looks at the answers; goes on when those of this screen are right, and to the end when all are. */
  const next = async () => {
    setBusy(true);
    setFailure(null);
    try {
      change((before) => ({ ...before, step: steps[here]?.id ?? before.step }));
      let found: InputIssue[];
      do {
        if (!(await save())) return;
        found = await backend.call("draft_check", draft.id);
        // An answer that came while the others were looked at is looked at too.
      } while (isUnsaved());
      const last = here === steps.length - 1;
      const wrong = found.filter(
        (issue) => last || stepOfIssue(steps, connector, issue)?.id === steps[here]?.id,
      );
      setIssues(wrong);
      const first = wrong[0];
      if (first === undefined) {
        if (last) onComplete();
        else goTo(here + 1);
        return;
      }
      const where = stepOfIssue(steps, connector, first);
      if (where !== undefined && where.id !== steps[here]?.id) goTo(steps.indexOf(where));
    } catch (problem) {
      setFailure(problem as Error);
    } finally {
      setBusy(false);
    }
  };

  const answer = (update: (before: SetupDraft) => SetupDraft) => {
    setIssues([]);
    change(update);
  };

  return {
    ...answers,
    steps,
    here,
    reached,
    issues,
    busy,
    next,
    goTo,
    answer,
    failure: failure ?? answers.failure,
  };
}
