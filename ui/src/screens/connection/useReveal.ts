import { useCallback, useEffect, useRef, useState } from "react";
import { useBackend } from "../../backend/useBackend";
import { useCountdown } from "../../components/useCountdown";
import type { HandOverFieldRef } from "../../contract/types";
import { useVaultGate } from "../../shell/vaultGate";

/**
 * Brings a secret to the page for a short while. It goes past the query cache and past every mutation, which would remember it:
 * the value is in the state of this one view, and is dropped when the time is over, on Hide, and when the view is left.
 */
export function useReveal({ connectionId, fieldId }: HandOverFieldRef) {
  const backend = useBackend();
  const gate = useVaultGate();
  const [shown, setShown] = useState<{ view: number; value: string } | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const busy = useRef(false);
  const views = useRef(0);
  const gone = useRef(false);
  const drop = useCallback(() => setShown(null), []);
  const { left, start, stop } = useCountdown(drop);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  const reveal = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    setFailure(null);
    try {
      const { value, hideAfterSeconds } = await gate.through(() =>
        backend.call("hand_over_reveal", { connectionId, fieldId }),
      );
      if (gone.current) return;
      views.current += 1;
      setShown({ view: views.current, value });
      start(hideAfterSeconds);
    } catch (problem) {
      setFailure(problem as Error);
    } finally {
      busy.current = false;
    }
  }, [backend, gate, connectionId, fieldId, start]);

  const hide = useCallback(() => {
    stop();
    setShown(null);
  }, [stop]);

  return { shown, left, failure, reveal: () => void reveal(), hide };
}
