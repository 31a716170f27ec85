import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { markChanged } from "../../backend/queries";
import { useBackend } from "../../backend/useBackend";
import { announce } from "../../components/announce";
import type { AccountView, SignInRequest } from "../../contract/types";
import { t } from "../../words";
import { useBrowserTrip } from "./useBrowserTrip";

/** Runs sign-ins, one at a time. `onSignedIn` is called once for each that ends well. */
export function useSignIn(onSignedIn: (account: AccountView) => void) {
  const backend = useBackend();
  const client = useQueryClient();
  const last = useRef<SignInRequest | null>(null);
  const {
    attempt,
    start: setOff,
    cancel,
  } = useBrowserTrip((event) => {
    if (event.kind !== "signedIn") return;
    announce(t("signIn.signedIn", { name: event.account.name }));
    for (const changed of ["status", "connections", "runs"] as const) markChanged(client, changed);
    onSignedIn(event.account);
  });

  const start = useCallback(
    (request: SignInRequest) => {
      last.current = request;
      return setOff((onEvent) => backend.stream("sign_in_start", request, onEvent));
    },
    [backend, setOff],
  );
  const again = useCallback(() => {
    if (last.current !== null) void start(last.current);
  }, [start]);

  return { attempt, start, again, cancel };
}
