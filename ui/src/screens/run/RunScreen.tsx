import { useEffect, useRef } from "react";
import { useAnswer } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { Waiting } from "../../components/Waiting";
import type { RunView } from "../../contract/types";
import { t } from "../../words";
import { newsOf } from "./progress";
import { Run } from "./Run";

/** A run, live or long over. */
export function RunScreen({ runId }: { runId: string }) {
  const run = useAnswer("run", runId);
  useSpoken(run.data);
  if (run.data) return <Run run={run.data} />;
  return (
    <Screen title={t("shell.activity")}>
      {run.error ? (
        <ErrorNote error={run.error} actions={{ tryAgain: () => void run.refetch() }} />
      ) : (
        <Waiting words={t("run.opening")} />
      )}
    </Screen>
  );
}

/** Says what is new to people who listen; never the state in which the run was found. */
function useSpoken(run: RunView | undefined): void {
  const before = useRef<RunView>(undefined);
  useEffect(() => {
    if (run === undefined) return;
    const news = before.current === undefined ? null : newsOf(before.current, run);
    before.current = run;
    if (news !== null) announce(news);
  }, [run]);
}
