import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { RegistrationSummary } from "../../contract/types";
import { t } from "../../words";
import { dayAndDate, daysUntil } from "../../words/dates";
import { digits } from "../../words/numbers";
import { useNow } from "../../words/useNow";

const ROW = 60;

const useStyles = makeStyles({
  scroll: {
    height: "max(280px, calc(100dvh - 456px))",
    overflowY: "auto",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    "@media (max-width: 999px)": { height: "max(240px, calc(100dvh - 420px))" },
  },
  list: { position: "relative", listStyleType: "none", margin: 0, padding: 0 },
  row: { position: "absolute", top: 0, insetInline: 0, height: `${ROW}px` },
  app: {
    width: "100%",
    height: "100%",
    boxSizing: "border-box",
    display: "flex",
    alignItems: "center",
    gap: "12px",
    padding: "8px 16px 8px 12px",
    font: "inherit",
    textAlign: "start",
    cursor: "pointer",
    color: tokens.colorNeutralForeground1,
    backgroundColor: "transparent",
    border: "none",
    ":hover": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground3,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
  },
  days: {
    width: "56px",
    flexShrink: 0,
    textAlign: "end",
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightBold,
    fontVariantNumeric: "tabular-nums",
  },
  soon: { color: tokens.colorStatusWarningForeground1 },
  pressing: { color: tokens.colorStatusDangerForeground1 },
  none: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  words: { minWidth: 0 },
  name: {
    display: "block",
    fontWeight: tokens.fontWeightSemibold,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  end: { display: "block", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Apps, however many: only those in view are drawn. */
export function AppList(props: {
  apps: RegistrationSummary[];
  chosen: string;
  onChoose: (appId: string) => void;
}) {
  const styles = useStyles();
  const now = useNow();
  const scroll = useRef<HTMLDivElement>(null);
  const { apps } = props;
  const rows = useVirtualizer({
    count: apps.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  return (
    <div className={styles.scroll} ref={scroll}>
      <ul className={styles.list} aria-label={t("permissions.list")} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const app = apps[index];
          if (app === undefined) return null;
          const chosen = app.appId === props.chosen;
          return (
            <li
              key={app.appId}
              className={styles.row}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={apps.length}
              aria-posinset={index + 1}
            >
              <button
                type="button"
                className={mergeClasses(styles.app, chosen && styles.chosen)}
                aria-pressed={chosen}
                onClick={() => props.onChoose(app.appId)}
              >
                <Days app={app} now={now} />
                <span className={styles.words}>
                  <span className={styles.name}>{app.name}</span>
                  <span className={styles.end}>{endWords(app, now)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The days until the next secret ends, as the largest thing in the row. Read out by the words beside it. */
function Days({ app, now }: { app: RegistrationSummary; now: Date }) {
  const styles = useStyles();
  const days = app.nextExpiry === null ? null : daysUntil(app.nextExpiry, now);
  const tone =
    days === null ? styles.none : days <= 14 ? styles.pressing : days <= 30 ? styles.soon : undefined;
  return (
    <span className={mergeClasses(styles.days, tone)} aria-hidden="true">
      {days === null ? "–" : digits(Math.abs(days))}
    </span>
  );
}

function endWords({ nextExpiry }: RegistrationSummary, now: Date): string {
  if (nextExpiry === null) return t("permissions.noEnd");
  const ended = daysUntil(nextExpiry, now) < 0;
  return t(ended ? "permissions.ended" : "permissions.ends", { when: dayAndDate(nextExpiry, now) });
}
