import { useCallback, useState } from "react";
import { useBackend } from "../../backend/useBackend";
import { announce } from "../../components/announce";
import type { AuthorizedToken, AuthorizeRequest } from "../../contract/types";
import { t } from "../../words";
import { useBrowserTrip } from "../signIn/useBrowserTrip";

/** A sign-in through an app that was set up: how far it is, what it changed meanwhile, and the token that came of it. */
export function useAuthorize(request: AuthorizeRequest) {
  const backend = useBackend();
  const { connectionId, registration } = request;
  const [changed, setChanged] = useState<string[]>([]);
  const [token, setToken] = useState<AuthorizedToken | null>(null);
  const trip = useBrowserTrip((event) => {
    if (event.kind !== "authorized") return;
    setToken(event.token);
    trip.rest();
    announce(t("authorize.done"));
  });
  const { start: setOff } = trip;

  const start = useCallback(async () => {
    setToken(null);
    const wanted = { connectionId, registration };
    const started = await setOff((onEvent) => backend.stream("authorize_start", wanted, onEvent));
    if (started !== null) setChanged(started.changed);
  }, [backend, setOff, connectionId, registration]);

  return { attempt: trip.attempt, changed, token, start: () => void start(), cancel: trip.cancel };
}
