import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { markChanged, useCommand } from "../../backend/queries";
import type { ConnectorReview } from "../../contract/types";

/** A reviewed connector on its way in: what is switched on, and the command that takes it in and opens its page. */
export function useTakeIn() {
  const navigate = useNavigate();
  const [switched, setSwitched] = useState<Record<string, boolean>>({});
  const take = useCommand("connector_import", (connector, client) => {
    markChanged(client, "connections");
    void navigate({ to: "/connectors/$connectorId", params: { connectorId: connector.id } });
  });
  const onOf = (review: ConnectorReview): string[] =>
    review.permissions
      .filter(({ permission, defaultOn }) => switched[permission.key] ?? defaultOn)
      .map(({ permission }) => permission.key);
  return {
    onOf,
    set: (key: string, on: boolean) => setSwitched((before) => ({ ...before, [key]: on })),
    take: (review: ConnectorReview) => take.mutate({ text: review.text, permissionsOn: onOf(review) }),
    forget: () => setSwitched({}),
    busy: take.isPending,
    error: take.error,
  };
}
