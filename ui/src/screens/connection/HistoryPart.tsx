import { EmptyState } from "../../components/EmptyState";
import { t } from "../../words";
import { useNow } from "../../words/useNow";
import { RunRows } from "../activity/RunRows";
import type { PartProps } from "./part";

/** What was done for this connection; a run can be undone from its own page. */
export function HistoryPart({ connection }: PartProps) {
  const now = useNow();
  if (connection.runs.length === 0) {
    return <EmptyState title={t("connection.history")} sentence={t("connection.historyNone")} />;
  }
  return (
    <>
      <p>{t("connection.historySentence")}</p>
      <RunRows runs={connection.runs} now={now} />
    </>
  );
}
