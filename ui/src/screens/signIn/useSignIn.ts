import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { BackendError } from "../../backend/Backend";
import { markChanged } from "../../backend/queries";
import { useBackend } from "../../backend/useBackend";
import { announce } from "../../components/announce";
import { appErrorOf } from "../../components/ErrorNote";
import type { AccountView, AppError, SignInEvent, SignInRequest, When } from "../../contract/types";
import { useVaultGate } from "../../shell/vaultGate";
import { t } from "../../words";

/** How far a sign-in is. */
export type Attempt =
  | { kind: "none"; error: AppError | null }
  | { kind: "starting" }
  | { kind: "waiting"; id: string; endsAt: When; browserFailed: boolean; stray: string | null }
  | { kind: "returned" };

/** Runs sign-ins, one at a time. `onSignedIn` is called once for each that ends well. */
export function useSignIn(onSignedIn: (account: AccountView) => void) {
  const backend = useBackend();
  const client = useQueryClient();
  const gate = useVaultGate();
  const [attempt, setAttempt] = useState<Attempt>({ kind: "none", error: null });
  const last = useRef<SignInRequest | null>(null);
  const waiting = useRef<string | null>(null);
  const given = useRef(0);
  const signedIn = useRef(onSignedIn);
  signedIn.current = onSignedIn;

  const start = useCallback(
    async (request: SignInRequest) => {
      last.current = request;
      given.current += 1;
      const number = given.current;
      setAttempt({ kind: "starting" });
      let early: SignInEvent | null = null;
      const onEvent = (event: SignInEvent) => {
        if (event.kind === "browserFailed") early = event;
        if (event.kind === "signedIn") {
          waiting.current = null;
          announce(t("signIn.signedIn", { name: event.account.name }));
          for (const changed of ["status", "connections", "runs"] as const) markChanged(client, changed);
          signedIn.current(event.account);
          return;
        }
        setAttempt((before) => after(before, event));
      };
      try {
        const started = await gate.through(() => backend.stream("sign_in_start", request, onEvent));
        // Cancelled, or left, before it had even begun.
        if (number !== given.current) {
          backend.call("sign_in_cancel", started.signInId).catch(() => undefined);
          return;
        }
        waiting.current = started.signInId;
        setAttempt((before) =>
          before.kind === "starting"
            ? {
                kind: "waiting",
                id: started.signInId,
                endsAt: started.endsAt,
                browserFailed: early !== null,
                stray: null,
              }
            : before,
        );
      } catch (failure) {
        setAttempt({ kind: "none", error: appErrorOf(failure as BackendError) });
      }
    },
    [backend, client, gate],
  );

  const cancel = useCallback(() => {
    const id = waiting.current;
    waiting.current = null;
    given.current += 1;
    setAttempt({ kind: "none", error: null });
    if (id !== null) backend.call("sign_in_cancel", id).catch(() => undefined);
  }, [backend]);

  // Leaving the screen ends the wait: a sign-in that nobody looks at must not surprise anybody later.
  useEffect(
    () => () => {
      given.current += 1;
      if (waiting.current !== null) backend.call("sign_in_cancel", waiting.current).catch(() => undefined);
    },
    [backend],
  );

  const again = useCallback(() => {
    if (last.current !== null) void start(last.current);
  }, [start]);

  return { attempt, start, again, cancel };
}

/** The attempt after an event; the ones that end well end the screen and do not come here. */
export function after(before: Attempt, event: SignInEvent): Attempt {
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
    case "signedIn":
    case "authorized":
    case "connected":
    case "needsApproval":
      return before;
  }
}
