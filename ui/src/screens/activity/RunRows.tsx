import { makeStyles, tokens } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { PanelList, PanelRow } from "../../components/Panel";
import { StateWord, type Tone } from "../../components/StateWord";
import { useTextLink } from "../../components/textLink";
import type { RunState, RunSummary } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";

const useStyles = makeStyles({
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  facts: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  state: { flexShrink: 0 },
});

const TONES: Record<RunState, Tone> = {
  running: "info",
  interrupted: "warn",
  done: "good",
  waitingForOther: "wait",
  undone: "quiet",
  undoing: "quiet",
};

/** Runs, one per row: what, when, by whom, and how it stands. */
export function RunRows({ runs, now }: { runs: RunSummary[]; now: Date }) {
  const styles = useStyles();
  const link = useTextLink();
  return (
    <PanelList label={t("activity.list")}>
      {runs.map((run) => (
        <PanelRow key={run.id}>
          <div className={styles.words}>
            <Link to="/runs/$runId" params={{ runId: run.id }} className={link}>
              {run.title}
            </Link>
            <div className={styles.facts}>
              {t("activity.by", { when: ago(run.startedAt, now), by: run.by, organisation: run.tenantName })}
            </div>
          </div>
          <span className={styles.state}>
            <StateWord tone={TONES[run.state]}>{t(`activity.${run.state}`)}</StateWord>
          </span>
        </PanelRow>
      ))}
    </PanelList>
  );
}
