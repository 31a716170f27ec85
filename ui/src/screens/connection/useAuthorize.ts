import { useCallback, useEffect, useRef, useState } from "react";
import type { BackendError } from "../../backend/Backend";
import { useBackend } from "../../backend/useBackend";
import { announce } from "../../components/announce";
import { appErrorOf } from "../../components/ErrorNote";
import type { AuthorizedToken, AuthorizeRequest, SignInEvent } from "../../contract/types";
import { useVaultGate } from "../../shell/vaultGate";
import { t } from "../../words";
import { type Attempt, after } from "../signIn/useSignIn";

/** A sign-in through an app that was set up: how far it is, what it changed meanwhile, and the token that came of it. */
export function useAuthorize(request: AuthorizeRequest) {
  const backend = useBackend();
  const gate = useVaultGate();
  const { connectionId, registration } = request;
  const [attempt, setAttempt] = useState<Attempt>({ kind: "none", error: null });
  const [changed, setChanged] = useState<string[]>([]);
  const [token, setToken] = useState<AuthorizedToken | null>(null);
  const waiting = useRef<string | null>(null);
  const given = useRef(0);

  const start = useCallback(async () => {
    given.current += 1;
    const number = given.current;
    setAttempt({ kind: "starting" });
    setToken(null);
    let early = false;
    let over = false;
    const onEvent = (event: SignInEvent) => {
      early ||= event.kind === "browserFailed";
      if (event.kind === "authorized" || event.kind === "failed" || event.kind === "cancelled") {
        over = true;
        waiting.current = null;
      }
      if (event.kind === "authorized") {
        setToken(event.token);
        setAttempt({ kind: "none", error: null });
        announce(t("authorize.done"));
      } else setAttempt((before) => after(before, event));
    };
    try {
      const wanted = { connectionId, registration };
      const started = await gate.through(() => backend.stream("authorize_start", wanted, onEvent));
      if (over) return;
      // Cancelled, or left, before it had even begun.
      if (number !== given.current) {
        backend.call("sign_in_cancel", started.signInId).catch(() => undefined);
        return;
      }
      waiting.current = started.signInId;
      setChanged(started.changed);
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
    } catch (failure) {
      setAttempt({ kind: "none", error: appErrorOf(failure as BackendError) });
    }
  }, [backend, gate, connectionId, registration]);

  const cancel = useCallback(() => {
    const id = waiting.current;
    waiting.current = null;
    given.current += 1;
    setAttempt({ kind: "none", error: null });
    if (id !== null) backend.call("sign_in_cancel", id).catch(() => undefined);
  }, [backend]);

  // Leaving the page ends the wait, so that what was changed for it is taken back.
  useEffect(
    () => () => {
      given.current += 1;
      if (waiting.current !== null) backend.call("sign_in_cancel", waiting.current).catch(() => undefined);
    },
    [backend],
  );

  return { attempt, changed, token, start: () => void start(), cancel };
}
