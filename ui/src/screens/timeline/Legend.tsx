import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { Timeline } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexWrap: "wrap",
    gap: "4px 20px",
    margin: 0,
    padding: 0,
    listStyleType: "none",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  item: { display: "flex", alignItems: "center", gap: "6px" },
  past: { fill: tokens.colorNeutralBackground1, stroke: tokens.colorNeutralForeground3, strokeWidth: "2px" },
  pressing: { fill: tokens.colorStatusDangerForeground1 },
  soon: { fill: tokens.colorStatusWarningForeground1 },
  near: { fill: tokens.colorBrandForeground1 },
  far: { fill: tokens.colorBrandForeground1, fillOpacity: 0.65 },
  shape: { fill: tokens.colorNeutralForeground2 },
  others: { marginInlineStart: "auto" },
});

const TONES = [
  ["past", "timeline.tonePast"],
  ["pressing", "timeline.tonePressing"],
  ["soon", "timeline.toneSoon"],
  ["near", "timeline.toneNear"],
  ["far", "timeline.toneFar"],
] as const;

/** What colours and shapes mean, and what lies outside the picture. */
export function Legend({ timeline }: { timeline: Timeline }) {
  const styles = useStyles();
  const others = [
    timeline.before > 0 && t("timeline.before", { count: timeline.before }),
    timeline.after > 0 && t("timeline.after", { count: timeline.after }),
    timeline.noEnd > 0 && t("timeline.noEnd", { count: timeline.noEnd }),
  ].filter((words) => words !== false);
  return (
    <ul className={styles.root}>
      {TONES.map(([tone, words]) => (
        <li key={tone} className={styles.item}>
          <svg width="10" height="10" aria-hidden="true">
            <circle cx="5" cy="5" r="4" className={styles[tone]} />
          </svg>
          {t(words)}
        </li>
      ))}
      <li className={styles.item}>
        <svg width="10" height="10" aria-hidden="true">
          <circle cx="5" cy="5" r="4.5" className={styles.shape} />
        </svg>
        {t("credential.secret")}
      </li>
      <li className={styles.item}>
        <svg width="10" height="10" aria-hidden="true">
          <rect x="1" y="1" width="8" height="8" rx="1.5" className={styles.shape} />
        </svg>
        {t("credential.certificate")}
      </li>
      <li className={styles.item}>
        <svg width="12" height="12" aria-hidden="true">
          <rect
            x="2.5"
            y="2.5"
            width="7"
            height="7"
            rx="1"
            transform="rotate(45 6 6)"
            className={styles.shape}
          />
        </svg>
        {t("credential.signingCertificate")}
      </li>
      {others.length > 0 && (
        <li className={mergeClasses(styles.item, styles.others)}>{others.join(" · ")}</li>
      )}
    </ul>
  );
}
