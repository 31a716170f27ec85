import { useAnswer } from "../../backend/queries";
import type { AppFinding, CredentialRef, PlanRequest } from "../../contract/types";

/** What the application itself would remove, from the remedies of findings. */
export function removalsOf(findings: AppFinding[]): CredentialRef[] {
  return findings.flatMap(({ remedy }) => {
    const action = remedy?.action;
    return action?.kind === "plan" && action.request.kind === "removeCredentials"
      ? action.request.credentials
      : [];
  });
}

/** Removes several at once. */
export const removalPlan = (credentials: CredentialRef[]): PlanRequest => ({
  kind: "removeCredentials",
  credentials,
});

/** Credentials that ended and were left behind, of the chosen apps. Those without a successor are left alone: they are renewed. */
export function useExpired(chosen: (appId: string) => boolean, enabled: boolean): CredentialRef[] {
  const left = useAnswer(
    "findings",
    { rule: "expiredLeftBehind", appId: null, text: "", ignored: false, offset: 0, limit: 500 },
    { enabled },
  );
  return enabled ? removalsOf(left.data?.findings ?? []).filter(({ appId }) => chosen(appId)) : [];
}
