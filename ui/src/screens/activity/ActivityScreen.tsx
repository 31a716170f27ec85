import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { useNow } from "../../words/useNow";
import { RunRows } from "./RunRows";

const PAGE = 50;

/** Everything that Gatehouse changed, newest first. */
export function ActivityScreen() {
  const navigate = useNavigate();
  const now = useNow();
  const runs = useAnswer("runs", null);
  const [shown, setShown] = useState(PAGE);
  return (
    <Screen title={t("activity.title")} sentence={t("activity.sentence")}>
      {runs.isPending && <Waiting words={t("activity.looking")} />}
      {runs.error && <ErrorNote error={runs.error} actions={{ tryAgain: () => void runs.refetch() }} />}
      {runs.data?.length === 0 && (
        <EmptyState
          title={t("activity.emptyTitle")}
          sentence={t("activity.emptySentence")}
          action={
            <Button appearance="primary" onClick={() => void navigate({ to: "/connectors" })}>
              {t("activity.emptyButton")}
            </Button>
          }
        />
      )}
      {runs.data !== undefined && runs.data.length > 0 && (
        <RunRows runs={runs.data.slice(0, shown)} now={now} />
      )}
      {runs.data !== undefined && runs.data.length > shown && (
        <div>
          <Button onClick={() => setShown(shown + PAGE)}>{t("activity.more")}</Button>
        </div>
      )}
    </Screen>
  );
}
