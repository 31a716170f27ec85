import { useNavigate } from "@tanstack/react-router";
import { useCommand, useStatus } from "../../backend/queries";
import type { ConnectorView, SetupDraft } from "../../contract/types";
import { rememberDraft } from "../wizard/rememberDraft";

/** Begins to set a connector up: makes a draft with what can be answered already, and opens its wizard. */
export function useSetUp() {
  const navigate = useNavigate();
  const status = useStatus();
  const account = status.data?.accounts.find((each) => each.id === status.data.activeAccount);
  const save = useCommand("draft_save", (draft, client) => {
    rememberDraft(client, draft);
    void navigate({ to: "/set-up/$draftId", params: { draftId: draft.id } });
  });
  return {
    /** None while nobody is signed in. */
    account,
    start: (connector: ConnectorView) =>
      account !== undefined && save.mutate(firstDraft(connector, account.id)),
    busy: save.isPending,
    error: save.error,
  };
}

/** The answers before anybody answered. */
export function firstDraft(connector: ConnectorView, accountId: string): SetupDraft {
  const prefilled = connector.inputs.flatMap(({ id, default: answer }) =>
    answer === null ? [] : [[id, answer] as const],
  );
  return {
    id: "",
    connectorId: connector.summary.id,
    connectorName: connector.summary.name,
    accountId,
    features: connector.features
      .filter((feature) => feature.defaultOn && feature.unavailable === null)
      .map((feature) => feature.id),
    inputs: Object.fromEntries(prefilled),
    lifetimeMonths: connector.suggestedLifetimeMonths,
    permissionsOn: connector.optionalPermissions
      .filter((each) => each.defaultOn)
      .map((each) => each.permission.key),
    mailboxAccess: {},
    audiences: {},
    ticks: [],
    step: "",
    savedAt: null,
  };
}
