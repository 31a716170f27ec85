import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { loadRest } from "../words";
import { gateAround, VaultGateContext } from "./vaultGate";

const VaultDialog = lazy(async () => {
  const [dialog] = await Promise.all([import("../screens/settings/VaultDialog"), loadRest()]);
  return dialog;
});

/** Gives everything inside a gate to the place where secrets are kept, and shows its dialog when it is asked. */
export function VaultGateRoom({ children }: { children: ReactNode }) {
  const [asking, setAsking] = useState(false);
  const answer = useRef<((opened: boolean) => void) | null>(null);
  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        answer.current?.(false);
        answer.current = resolve;
        setAsking(true);
      }),
    [],
  );
  const gate = useMemo(() => gateAround(ask), [ask]);
  const finish = useCallback((opened: boolean) => {
    setAsking(false);
    answer.current?.(opened);
    answer.current = null;
  }, []);
  return (
    <VaultGateContext value={gate}>
      {children}
      {asking && (
        <Suspense fallback={null}>
          <VaultDialog onFinish={finish} />
        </Suspense>
      )}
    </VaultGateContext>
  );
}
