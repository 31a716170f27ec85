import { useNavigate, useRouter } from "@tanstack/react-router";
import { useAnswer, useStatus } from "../../backend/queries";
import type { ActionHandlers } from "../../components/ErrorNote";
import type { PlanRequest, SignInPurpose } from "../../contract/types";
import { useVaultGate } from "../../shell/vaultGate";
import { purposesOf } from "../wizard/purposes";

/** What the buttons under a plan's problems do. After a sign-in one is back at the same plan. */
export function usePlanActions(
  request: PlanRequest,
  /** What the session was not asked for yet. */
  missing: SignInPurpose | null,
  again: () => void,
): ActionHandlers {
  const navigate = useNavigate();
  const router = useRouter();
  const gate = useVaultGate();
  const status = useStatus();
  const draft = status.data?.drafts.find(({ id }) => request.kind === "setUp" && id === request.draftId);
  const account =
    request.kind === "ownRegistration" ? request.accountId : (draft?.accountId ?? status.data?.activeAccount);
  const connector = useAnswer("connector", draft?.connectorId ?? "", { enabled: draft !== undefined });
  const purpose = missing ?? "setUp";
  const also = draft && connector.data ? purposesOf(connector.data, draft) : [];
  const actions: ActionHandlers = {
    tryAgain: again,
    planAgain: again,
    resume: again,
    signIn: () =>
      void navigate({
        to: "/sign-in",
        search: {
          purpose,
          also: also.filter((each) => each !== purpose),
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
