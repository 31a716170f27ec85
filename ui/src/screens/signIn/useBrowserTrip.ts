import { useCallback, useEffect, useRef, useState } from "react";
import type { BackendError } from "../../backend/Backend";
import { useBackend } from "../../backend/useBackend";
import { appErrorOf } from "../../components/ErrorNote";
import type { AppError, SignInEvent, SignInStarted, When } from "../../contract/types";
import { useVaultGate } from "../../shell/vaultGate";

/** How far a way through the browser is. */
export type Attempt =
  | { kind: "none"; error: AppError | null }
  | { kind: "starting" }
  | { kind: "waiting"; id: string; endsAt: When; browserFailed: boolean; stray: string | null }
  | { kind: "returned" };

/** Events that end a trip well: the screen goes on with what they bring. */
export type Arrival = Extract<
  SignInEvent,
  { kind: "signedIn" | "authorized" | "connected" | "needsApproval" }
>;

const ARRIVALS: ReadonlySet<SignInEvent["kind"]> = new Set([
  "signedIn",
  "authorized",
  "connected",
  "needsApproval",
]);
const isArrival = (event: SignInEvent): event is Arrival => ARRIVALS.has(event.kind);

/** Sets off; the events come while the browser is open. */
type SetOff<S extends SignInStarted> = (onEvent: (event: SignInEvent) => void) => Promise<S>;

/**
 * Ways through the browser to Microsoft and back, one at a time. `onArrival` is called once for each that ends well, and the screen
 * goes on from there.
 */
export function useBrowserTrip(onArrival: (event: Arrival) => void) {
  const backend = useBackend();
  const gate = useVaultGate();
  const [attempt, setAttempt] = useState<Attempt>({ kind: "none", error: null });
  const waiting = useRef<string | null>(null);
  const given = useRef(0);
  const arrived = useRef(onArrival);
  arrived.current = onArrival;

  const start = useCallback(
    async <S extends SignInStarted>(setOff: SetOff<S>): Promise<S | null> => {
      given.current += 1;
      const number = given.current;
      setAttempt({ kind: "starting" });
      let early = false;
      let over = false;
      const onEvent = (event: SignInEvent) => {
        if (number !== given.current) return;
        early ||= event.kind === "browserFailed";
        if (isArrival(event) || event.kind === "failed" || event.kind === "cancelled") {
          over = true;
          waiting.current = null;
        }
        if (isArrival(event)) arrived.current(event);
        else setAttempt((before) => after(before, event));
      };
      try {
        const started = await gate.through(() => setOff(onEvent));
        if (over) return started;
        // Cancelled, or left, before it had even begun.
        if (number !== given.current) {
          backend.call("sign_in_cancel", started.signInId).catch(() => undefined);
          return null;
        }
        waiting.current = started.signInId;
        setAttempt((before) =>
          before.kind === "starting"
            ? {
                kind: "waiting",
                id: started.signInId,
                endsAt: started.endsAt,
                browserFailed: early,
                stray: null,
              }
            : before,
        );
        return started;
      } catch (failure) {
        if (number === given.current)
          setAttempt({ kind: "none", error: appErrorOf(failure as BackendError) });
        return null;
      }
    },
    [backend, gate],
  );

  const rest = useCallback(() => setAttempt({ kind: "none", error: null }), []);

  const cancel = useCallback(() => {
    const id = waiting.current;
    waiting.current = null;
    given.current += 1;
    rest();
    if (id !== null) backend.call("sign_in_cancel", id).catch(() => undefined);
  }, [backend, rest]);

  // Leaving the screen ends the wait: a sign-in that nobody looks at must not surprise anybody later.
  useEffect(
    () => () => {
      given.current += 1;
      if (waiting.current !== null) backend.call("sign_in_cancel", waiting.current).catch(() => undefined);
    },
    [backend],
  );

  return {
    attempt,
    start,
    cancel,
    /** Ends the attempt on this screen, where the screen itself stays. */
    rest,
  };
}

/** The attempt after an event that does not end it well. */
export function after(before: Attempt, event: Exclude<SignInEvent, Arrival>): Attempt {
  switch (event.kind) {
    case "browserFailed":
      return before.kind === "waiting" ? { ...before, browserFailed: true } : before;
    case "browserOpened":
      return before.kind === "waiting" ? { ...before, browserFailed: false } : before;
    case "strayAnswer":
      return before.kind === "waiting" ? { ...before, stray: event.sentence } : before;
    case "returned":
      return { kind: "returned" };
    case "failed":
      return { kind: "none", error: event.error };
    case "cancelled":
      return { kind: "none", error: null };
  }
}
