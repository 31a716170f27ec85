import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { HeldIcon } from "../../components/icons";
import type { Retest } from "../../contract/types";
import { t } from "../../words";
import { countdown } from "../../words/dates";
import { useNow } from "../../words/useNow";

const useStyles = makeStyles({
  root: {
    display: "grid",
    gridTemplateColumns: "20px 1fr",
    columnGap: "12px",
    padding: "12px 16px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    "@media (forced-colors: active)": { border: "1px solid" },
  },
  icon: { display: "flex", color: tokens.colorStatusWarningForeground1 },
  line: { margin: 0 },
  time: { margin: 0, fontVariantNumeric: "tabular-nums", color: tokens.colorNeutralForeground2 },
});

/** Microsoft is still spreading a change: why, and when Gatehouse tests again by itself. */
export function RetestNote({ retest, busy, onTest }: { retest: Retest; busy: boolean; onTest: () => void }) {
  const styles = useStyles();
  const now = useNow(1_000);
  const done = useRef("");
  const left = (Date.parse(retest.at) - now.getTime()) / 1_000;
  const due = left <= 0 && !busy && done.current !== retest.at;
  useEffect(() => {
    if (!due) return;
    done.current = retest.at;
    onTest();
  }, [due, retest.at, onTest]);
  return (
    <div className={styles.root}>
      <span className={styles.icon}>
        <HeldIcon aria-hidden="true" />
      </span>
      <div>
        <p className={styles.line}>{retest.why}</p>
        {left > 0 && <p className={styles.time}>{t("retest.in", { time: countdown(left) })}</p>}
      </div>
    </div>
  );
}
