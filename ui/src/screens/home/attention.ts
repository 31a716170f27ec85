import type { AppStatus, FindingTarget, Severity } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";

/** Where the one button leads. */
export type NeedTarget = FindingTarget | { kind: "ownRegistration"; accountId: string };

/** One thing that needs the person, with its one button. */
export interface Need {
  id: string;
  severity: Severity;
  title: string;
  why: string;
  button: string;
  target: NeedTarget;
}

/** Everything that needs the person: findings first, then runs that stopped, then wizards that were left. None is listed twice. */
export function attentionOf(status: AppStatus, now: Date): Need[] {
  const found: Need[] = status.findings;
  const named = (kind: "run" | "draft", id: string) =>
    found.some(
      ({ target }) =>
        (target.kind === "run" && kind === "run" && target.runId === id) ||
        (target.kind === "draft" && kind === "draft" && target.draftId === id),
    );
  const runs = status.unfinishedRuns
    .filter((run) => !named("run", run.id))
    .map(
      (run): Need => ({
        id: `run-${run.id}`,
        severity: "warning",
        title: t("home.unfinished", { title: run.title }),
        why: t("home.unfinishedWhy", { when: ago(run.startedAt, now), by: run.by }),
        button: t("home.unfinishedButton"),
        target: { kind: "run", runId: run.id },
      }),
    );
  const drafts = status.drafts
    .filter((draft) => !named("draft", draft.id))
    .map(
      (draft): Need => ({
        id: `draft-${draft.id}`,
        severity: "info",
        title: t("home.draft", { name: draft.connectorName }),
        why: draft.savedAt === null ? "" : t("home.draftWhy", { when: ago(draft.savedAt, now) }),
        button: t("home.draftButton"),
        target: { kind: "draft", draftId: draft.id },
      }),
    );
  return [...bootstrapping(status), ...found, ...runs, ...drafts];
}

/** Signed in through Microsoft's own client: the organisation's own registration comes first. */
function bootstrapping(status: AppStatus): Need[] {
  return status.accounts
    .filter((account) => account.bootstrap && account.id === status.activeAccount)
    .map((account) => ({
      id: `own-${account.id}`,
      severity: "warning",
      title: t("home.bootstrap", { organisation: account.tenantName }),
      why: t("home.bootstrapWhy"),
      button: t("home.bootstrapButton"),
      target: { kind: "ownRegistration", accountId: account.id },
    }));
}
