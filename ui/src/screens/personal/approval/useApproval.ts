import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { keyOf, markChanged } from "../../../backend/queries";
import { useBackend } from "../../../backend/useBackend";
import { announce } from "../../../components/announce";
import type { Approval } from "../../../contract/types";
import { t } from "../../../words";
import { useBrowserTrip } from "../../signIn/useBrowserTrip";
import { placed } from "../places";

/** Puts an approval in the place of its older self. */
export function withApproval(all: Approval[] | undefined, changed: Approval): Approval[] {
  const others = all ?? [];
  return others.some((each) => each.id === changed.id)
    ? others.map((each) => (each.id === changed.id ? changed : each))
    : [changed, ...others];
}

/** The sign-ins of an approval; goes to the finished connection by itself as soon as there is one. */
export function useApproval(approval: Approval | undefined) {
  const backend = useBackend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const finished = approval?.watch.kind === "granted" ? approval.connectionId : null;
  const product = approval?.request.product ?? null;
  useEffect(() => {
    if (finished === null) return;
    announce(t("approval.grantedSaid", { product: product ?? t("personal.unnamed") }));
    void navigate({ ...placed("done", finished), replace: true });
  }, [finished, product, navigate]);

  const { attempt, start, cancel, rest } = useBrowserTrip((event) => {
    if (event.kind === "connected") void navigate({ ...placed("done", event.connection.id), replace: true });
    else if (event.kind === "needsApproval") {
      client.setQueryData(keyOf("approvals", null), (all: Approval[] | undefined) =>
        withApproval(all, event.approval),
      );
      rest();
      if (event.approval.id !== approval?.id)
        void navigate({ ...placed("approval", event.approval.id), replace: true });
    } else return;
    markChanged(client, "personal");
    markChanged(client, "status");
  });
  const watch = useCallback(
    ({ id }: Approval) => void start((onEvent) => backend.stream("approval_watch", id, onEvent)),
    [backend, start],
  );
  const connect = useCallback(
    ({ request }: Approval) => void start((onEvent) => backend.stream("personal_connect", request, onEvent)),
    [backend, start],
  );
  return { attempt, watch, connect, cancel };
}
