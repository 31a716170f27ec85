import { createContext, useContext } from "react";
import { BackendError } from "../backend/Backend";
import type { ErrorCode } from "../contract/types";

const CLOSED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "keyringAbsent",
  "keyringLocked",
  "keyringNotAnswering",
  "keyLost",
]);

/** True when a failure means that the place where secrets are kept has to be opened or chosen first. */
export const meansVaultClosed = (failure: unknown): boolean =>
  failure instanceof BackendError && CLOSED.has(failure.app.code);

/** Asks the person to open the place where secrets are kept. */
export interface VaultGate {
  /** Opens the dialog; true once secrets can be kept, false when the person closed it. */
  ask(): Promise<boolean>;
  /** Does something; when the vault turns out to be closed, asks, and does it once more. */
  through<R>(attempt: () => Promise<R>): Promise<R>;
}

/** A gate around `ask`. */
export function gateAround(ask: () => Promise<boolean>): VaultGate {
  return {
    ask,
    async through(attempt) {
      try {
        return await attempt();
      } catch (failure) {
        if (!meansVaultClosed(failure) || !(await ask())) throw failure;
        return attempt();
      }
    },
  };
}

/** Without a dialog above (in tests) the gate stays shut. */
export const VaultGateContext = createContext<VaultGate>(gateAround(async () => false));

/** The gate of this window. */
export const useVaultGate = (): VaultGate => useContext(VaultGateContext);
