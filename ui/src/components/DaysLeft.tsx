import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { When } from "../contract/types";
import { t } from "../words";
import { daysUntil } from "../words/dates";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", alignItems: "center", width: "64px", flexShrink: 0 },
  number: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  unit: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  soon: { color: tokens.colorStatusWarningForeground1 },
  pressing: { color: tokens.colorStatusDangerForeground1 },
});

/** The number of days until something ends, as the largest thing in its row. */
export function DaysLeft({ until, now }: { until: When; now: Date }) {
  const styles = useStyles();
  const days = daysUntil(until, now);
  const left = Math.abs(days);
  return (
    <div className={styles.root}>
      <span className={mergeClasses(styles.number, days <= 30 && styles.soon, days <= 14 && styles.pressing)}>
        {left}
      </span>
      <span className={styles.unit}>{t(days < 0 ? "home.daysPast" : "home.days", { days: left })}</span>
    </div>
  );
}
