import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useRunCommand } from "../../backend/liveRuns";
import { EmptyState } from "../../components/EmptyState";
import { type ActionHandlers, ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import type { PlanRequest, PlanView } from "../../contract/types";
import { t } from "../../words";
import { AskAdmin } from "./AskAdmin";
import { Changes } from "./Changes";
import { CannotUndo, OtherPerson } from "./Consequences";
import { rememberNext } from "./nextPlan";
import { Permissions } from "./Permissions";
import { Problems } from "./Problems";
import { Who } from "./Who";

/** A plan to look at, and the one button that carries it out. */
export function Plan(props: {
  plan: PlanView;
  request: PlanRequest;
  back: ReactNode;
  actions: ActionHandlers;
}) {
  const { plan, actions } = props;
  const navigate = useNavigate();
  const run = useRunCommand();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const [asking, setAsking] = useState(false);
  const begin = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const runId = await run("run_start", plan.id);
      if (plan.left !== undefined && plan.left > 0) rememberNext(runId, props.request);
      await navigate({ to: "/runs/$runId", params: { runId }, replace: true });
    } catch (problem) {
      setFailure(problem as Error);
      setBusy(false);
    }
  };
  const withAsk: ActionHandlers = { ...actions, askAdmin: () => setAsking(true) };
  const stopping = plan.problems.find((problem) => problem.blocks) ?? plan.problems[0];
  // What the person can put right has its own button beside the problem; an admin cannot help with it.
  const isForAnother = stopping === undefined || stopping.action !== "changeAnswers";
  return (
    <Screen
      title={plan.title}
      back={props.back}
      primary={
        plan.canRun ? (
          <Button appearance="primary" disabledFocusable={busy} onClick={() => void begin()}>
            {t(busy ? "plan.starting" : "plan.goAhead")}
          </Button>
        ) : isForAnother ? (
          <Button appearance="primary" onClick={() => setAsking(true)}>
            {t("plan.ask")}
          </Button>
        ) : undefined
      }
    >
      {failure && <ErrorNote error={failure} actions={{ ...withAsk, tryAgain: () => void begin() }} />}
      <Who plan={plan} />
      {plan.left !== undefined && <p>{t("plan.left", { left: plan.left })}</p>}
      <Problems problems={plan.problems} actions={withAsk} />
      {plan.needsOtherPerson && <OtherPerson plan={plan} />}
      {plan.steps.length === 0 ? (
        <EmptyState title={t("plan.emptyTitle")} sentence={t("plan.emptySentence")} />
      ) : (
        <Changes steps={plan.steps} />
      )}
      {plan.permissions.length > 0 && (
        <Section title={t("plan.permissions")}>
          <Permissions permissions={plan.permissions} label={t("plan.permissions")} />
        </Section>
      )}
      <CannotUndo plan={plan} />
      {asking && <AskAdmin plan={plan} problem={stopping} onClose={() => setAsking(false)} />}
    </Screen>
  );
}
