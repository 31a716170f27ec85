import { useNavigate, useRouter } from "@tanstack/react-router";
import { useStatus } from "../../backend/queries";
import type { ActionHandlers } from "../../components/ErrorNote";
import type { PlanRequest } from "../../contract/types";
import { useVaultGate } from "../../shell/vaultGate";

/** What the buttons under a plan's problems do. After a sign-in one is back at the same plan. */
export function usePlanActions(request: PlanRequest, again: () => void): ActionHandlers {
  const navigate = useNavigate();
  const router = useRouter();
  const gate = useVaultGate();
  const status = useStatus();
  const account =
    request.kind === "ownRegistration"
      ? request.accountId
      : (status.data?.drafts.find((draft) => request.kind === "setUp" && draft.id === request.draftId)
          ?.accountId ?? status.data?.activeAccount);
  const actions: ActionHandlers = {
    tryAgain: again,
    planAgain: again,
    resume: again,
    signIn: () =>
      void navigate({
        to: "/sign-in",
        search: {
          purpose: "setUp",
          afterwards: router.state.location.href,
          ...(account ? { account } : {}),
        },
      }),
    openVault: () => void gate.ask().then((opened) => opened && again()),
  };
  if (request.kind === "setUp") {
    actions.changeAnswers = () =>
      void navigate({ to: "/set-up/$draftId", params: { draftId: request.draftId } });
  }
  return actions;
}
