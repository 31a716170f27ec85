import { makeStyles, ProgressBar, tokens } from "@fluentui/react-components";
import type { RunView } from "../../contract/types";
import { t } from "../../words";
import { duration } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { progressOf, timeLeft } from "./progress";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px" },
  line: { display: "flex", gap: "16px", alignItems: "baseline", flexWrap: "wrap", margin: 0 },
  count: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  time: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
});

/** Real steps: "3 of 7", the time so far, and after ten seconds about how long it still takes. */
export function ProgressLine({ run }: { run: RunView }) {
  const styles = useStyles();
  const { done, total, left } = progressOf(run);
  const { state } = run.summary;
  if (total === 0 || state === "undone" || state === "undoing") return null;
  const running = state === "running";
  const took = run.steps.reduce((sum, step) => sum + (step.tookMs ?? 0), 0);
  return (
    <div className={styles.root}>
      <p className={styles.line}>
        <span className={styles.count}>{t("run.count", { done, total })}</span>
        {running && <Time run={run} />}
        {took > 0 && !running && state !== "interrupted" && (
          <span className={styles.time}>{t("run.took", { time: duration(took) })}</span>
        )}
        {state === "interrupted" && <span className={styles.time}>{t("run.remains", { done, left })}</span>}
      </p>
      <ProgressBar
        aria-label={t("run.counted", { done, total })}
        value={done}
        max={total}
        thickness="large"
        color={state === "interrupted" ? "warning" : state === "done" ? "success" : "brand"}
      />
      {running && <p className={styles.line}>{t("run.copyNote")}</p>}
    </div>
  );
}

/** Ticks every second; silent for people who listen. */
function Time({ run }: { run: RunView }) {
  const styles = useStyles();
  const now = useNow(1_000);
  const elapsed = Math.max(0, now.getTime() - Date.parse(run.summary.startedAt));
  const left = timeLeft(run, now);
  const words = [
    t("run.elapsed", { time: duration(Math.floor(elapsed / 1000) * 1000) }),
    left !== null && t("run.left", { time: duration(left) }),
  ].filter((part) => part !== false);
  return (
    <span className={styles.time} aria-live="off">
      {words.join(", ")}
    </span>
  );
}
