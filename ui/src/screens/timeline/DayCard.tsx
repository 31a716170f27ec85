import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { t } from "../../words";
import { credentialName } from "../inventory/facetWords";
import type { Stop } from "./layout";

const useStyles = makeStyles({
  root: {
    position: "absolute",
    top: "4px",
    zIndex: 2,
    width: "264px",
    maxWidth: "calc(100% - 8px)",
    boxSizing: "border-box",
    padding: "12px 16px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    boxShadow: tokens.shadow16,
    pointerEvents: "none",
    "@media print": { display: "none" },
  },
  title: { fontWeight: tokens.fontWeightSemibold },
  list: {
    listStyleType: "none",
    margin: "8px 0 0",
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: "4px",
  },
  line: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", unicodeBidi: "plaintext" },
  what: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  number: { fontSize: tokens.fontSizeBase500, fontWeight: tokens.fontWeightSemibold },
});

const SOME = 5;

/** What ends at the stop that one is on, beside it. Read out by the stop itself. */
export function DayCard({ stop, title, width }: { stop: Stop; title: string; width: number }) {
  const styles = useStyles();
  const ends = stop.days.flatMap((day) => day.ends).slice(0, SOME);
  const beyond = stop.x > width / 2;
  return (
    <div
      className={styles.root}
      style={
        beyond
          ? { right: Math.max(4, width - stop.x + 16) }
          : { left: Math.min(stop.x + 16, Math.max(4, width - 268)) }
      }
      aria-hidden="true"
    >
      <div className={styles.title}>{title}</div>
      <ul className={styles.list}>
        {ends.map((end) => (
          <li key={`${end.appId}.${end.keyId}`}>
            <div className={styles.line}>{end.appName}</div>
            <div className={mergeClasses(styles.line, styles.what)}>{credentialName(end)}</div>
          </li>
        ))}
      </ul>
      {stop.count > ends.length && (
        <div className={styles.what}>{t("timeline.andMore", { count: stop.count - ends.length })}</div>
      )}
    </div>
  );
}
