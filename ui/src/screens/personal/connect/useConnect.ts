import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { keyOf, markChanged } from "../../../backend/queries";
import { useBackend } from "../../../backend/useBackend";
import type { PersonalRequest } from "../../../contract/types";
import { useBrowserTrip } from "../../signIn/useBrowserTrip";
import { placed } from "../places";

/** Connects, reconnects or widens through the browser, and goes on to what came of it. */
export function useConnect() {
  const backend = useBackend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<PersonalRequest | null>(null);
  const {
    attempt,
    start: setOff,
    cancel,
  } = useBrowserTrip((event) => {
    if (event.kind === "connected") {
      const { connection } = event;
      client.setQueryData(keyOf("personal_connection", connection.id), connection);
      void navigate(placed("done", connection.id));
    } else if (event.kind === "needsApproval") void navigate(placed("approval", event.approval.id));
    else return;
    markChanged(client, "personal");
    markChanged(client, "status");
  });

  const start = useCallback(
    (request: PersonalRequest) => {
      setAsked(request);
      void setOff((onEvent) => backend.stream("personal_connect", request, onEvent));
    },
    [backend, setOff],
  );
  const again = useCallback(() => {
    if (asked !== null) start(asked);
  }, [asked, start]);

  return {
    attempt,
    /** What the last attempt asked for. */
    asked,
    start,
    again,
    cancel,
  };
}
