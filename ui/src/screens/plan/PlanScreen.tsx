import { Button } from "@fluentui/react-components";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useAnswer } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { Waiting } from "../../components/Waiting";
import type { PlanRequest } from "../../contract/types";
import { t } from "../../words";
import { Plan } from "./Plan";
import { usePlanActions } from "./usePlanActions";

/** Every change before any of it is made: for a set-up, for Gatehouse's own registration, for a grant. */
export function PlanScreen({ request }: { request: PlanRequest | undefined }) {
  const navigate = useNavigate();
  if (request !== undefined) return <Requested request={request} />;
  return (
    <Screen title={t("plan.title")}>
      <EmptyState
        title={t("plan.missingTitle")}
        sentence={t("plan.missingSentence")}
        action={
          <Button appearance="primary" onClick={() => void navigate({ to: "/connectors" })}>
            {t("wizard.goneButton")}
          </Button>
        }
      />
    </Screen>
  );
}

function Requested({ request }: { request: PlanRequest }) {
  const { history } = useRouter();
  const plan = useAnswer("plan_make", request, { fresh: true });
  const again = () => void plan.refetch();
  const actions = usePlanActions(request, plan.error?.app.purpose ?? null, again);
  const changeAnswers = actions.changeAnswers;
  const back = changeAnswers ? (
    <Button onClick={changeAnswers}>{t("plan.changeAnswers")}</Button>
  ) : (
    <Button onClick={() => history.back()}>{t("common.back")}</Button>
  );
  if (plan.data && !plan.isFetching)
    return <Plan plan={plan.data} request={request} back={back} actions={actions} />;
  return (
    <Screen title={t("plan.title")} back={back}>
      {plan.isFetching ? (
        <Waiting words={t("plan.making")} why={t("plan.makingWhy")} />
      ) : (
        plan.error && <ErrorNote error={plan.error} actions={actions} />
      )}
    </Screen>
  );
}
