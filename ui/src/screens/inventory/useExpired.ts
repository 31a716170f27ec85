import { useQuery, useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../backend/queries";
import { useBackend } from "../../backend/useBackend";
import type { AppFinding, FindingsQuery } from "../../contract/types";

/** What a plan would remove, as the remedies of findings say. */
function countOf(findings: AppFinding[]): number {
  return findings.reduce((sum, { remedy }) => {
    const action = remedy?.action;
    if (action?.kind !== "plan" || action.request.kind !== "removeCredentials") return sum;
    return sum + action.request.credentials.length;
  }, 0);
}

const LEFT: FindingsQuery = {
  rule: "expiredLeftBehind",
  appId: null,
  text: "",
  ignored: false,
  offset: 0,
  limit: 500,
};

/**
 * Credentials that ended and were left behind, of the chosen apps: how many, and of which apps. Those without a successor are
 * left alone: they are renewed. All of them are asked for, however many there are.
 */
export function useExpired(
  chosen: (appId: string) => boolean,
  enabled: boolean,
): { count: number; appIds: string[] } {
  const backend = useBackend();
  const client = useQueryClient();
  const left = useQuery({
    queryKey: ["findings", "all that ended"],
    enabled,
    queryFn: async () => {
      const all: AppFinding[] = [];
      for (;;) {
        const query = { ...LEFT, offset: all.length };
        const page = await client.fetchQuery({
          queryKey: keyOf("findings", query),
          queryFn: () => backend.call("findings", query),
        });
        all.push(...page.findings);
        if (page.findings.length === 0 || all.length >= page.total) return all;
      }
    },
  });
  const findings = (enabled && left.data ? left.data : []).filter(({ appId }) => chosen(appId));
  return { count: countOf(findings), appIds: [...new Set(findings.map(({ appId }) => appId))] };
}
