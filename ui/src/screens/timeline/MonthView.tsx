import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { EarlierIcon, LaterIcon } from "../../components/icons";
import type { Timeline, TimelineDay } from "../../contract/types";
import { t } from "../../words";
import { fewDigits } from "../../words/numbers";
import { useNow } from "../../words/useNow";
import { dateOf, inWords, mondayOf, monthOf, numberOf } from "./calendar";
import { dayTitle } from "./EndRows";
import { toneOf } from "./layout";

const useStyles = makeStyles({
  head: { display: "flex", alignItems: "center", gap: "8px" },
  title: {
    margin: 0,
    minWidth: "176px",
    textAlign: "center",
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    "@media (max-width: 639px)": { minWidth: 0, flexGrow: 1 },
  },
  table: {
    width: "calc(100% + 8px)",
    tableLayout: "fixed",
    borderCollapse: "separate",
    borderSpacing: "4px",
    margin: "-4px",
    "& th": {
      padding: "4px 8px",
      textAlign: "start",
      fontWeight: tokens.fontWeightRegular,
      fontSize: tokens.fontSizeBase200,
      color: tokens.colorNeutralForeground2,
    },
    "@media (max-width: 639px)": {
      borderSpacing: "2px",
      margin: "-2px",
      width: "calc(100% + 4px)",
      "& th": { padding: "4px 2px", textAlign: "center" },
    },
  },
  cell: {
    height: "84px",
    padding: 0,
    verticalAlign: "top",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    "@media (max-width: 639px)": { height: "48px" },
  },
  outside: { backgroundColor: "transparent" },
  today: { boxShadow: `inset 0 0 0 2px ${tokens.colorBrandStroke1}` },
  day: {
    display: "block",
    padding: "6px 8px 0",
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: "tabular-nums",
    "@media (max-width: 639px)": {
      padding: "4px 0 0",
      textAlign: "center",
      fontSize: tokens.fontSizeBase200,
    },
  },
  button: {
    display: "block",
    width: "100%",
    height: "100%",
    boxSizing: "border-box",
    padding: 0,
    font: "inherit",
    textAlign: "start",
    verticalAlign: "top",
    color: tokens.colorNeutralForeground1,
    backgroundColor: "transparent",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  inside: { display: "flex", flexDirection: "column", height: "100%" },
  ends: {
    display: "block",
    padding: "2px 8px 0",
    minWidth: 0,
    "@media (max-width: 639px)": { padding: 0, textAlign: "center" },
  },
  end: {
    display: "block",
    paddingInlineStart: "6px",
    marginTop: "2px",
    borderLeft: `3px solid ${tokens.colorBrandStroke2}`,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    "@media (max-width: 639px)": { display: "none" },
  },
  past: { borderLeftColor: tokens.colorNeutralForeground3 },
  pressing: { borderLeftColor: tokens.colorStatusDangerForeground1 },
  soon: { borderLeftColor: tokens.colorStatusWarningForeground1 },
  near: { borderLeftColor: tokens.colorBrandForeground1 },
  far: { borderLeftColor: tokens.colorBrandStroke2 },
  more: {
    display: "block",
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground2,
    "@media (max-width: 639px)": { display: "none" },
  },
  count: {
    display: "none",
    "@media (max-width: 639px)": { display: "inline-block", fontWeight: tokens.fontWeightBold },
  },
});

/** One month as a sheet of a calendar. */
export function MonthView(props: {
  timeline: Timeline;
  onOpen: (days: TimelineDay[], title: string) => void;
}) {
  const styles = useStyles();
  const now = useNow();
  const { timeline } = props;
  const today = numberOf(timeline.today);
  const [month, setMonth] = useState(() => monthOf(today));
  const days = new Map(timeline.days.map((day) => [numberOf(day.date), day]));
  const weeks = [];
  for (let week = mondayOf(month.first); week < month.next; week += 7) weeks.push(week);
  const total = [...days].reduce(
    (sum, [day, { count }]) => (day >= month.first && day < month.next ? sum + count : sum),
    0,
  );
  const title = inWords(month.first, { month: "long", year: "numeric" });
  return (
    <>
      <div className={styles.head}>
        <Button
          appearance="subtle"
          icon={<EarlierIcon />}
          aria-label={t("timeline.previousMonth")}
          disabledFocusable={month.first <= numberOf(timeline.from)}
          onClick={() => setMonth(monthOf(month.first - 1))}
        />
        <h2 className={styles.title} aria-live="polite">
          {title}
        </h2>
        <Button
          appearance="subtle"
          icon={<LaterIcon />}
          aria-label={t("timeline.nextMonth")}
          disabledFocusable={month.next >= numberOf(timeline.until)}
          onClick={() => setMonth(monthOf(month.next))}
        />
        <Button appearance="subtle" onClick={() => setMonth(monthOf(today))}>
          {t("timeline.today")}
        </Button>
      </div>
      <table className={styles.table} aria-label={t("timeline.monthOf", { month: title, count: total })}>
        <thead>
          <tr>
            {[0, 1, 2, 3, 4, 5, 6].map((weekday) => (
              <th key={weekday} scope="col" abbr={inWords(mondayOf(today) + weekday, { weekday: "long" })}>
                {inWords(mondayOf(today) + weekday, { weekday: "short" })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((monday) => (
            <tr key={monday}>
              {[0, 1, 2, 3, 4, 5, 6].map((weekday) => {
                const number = monday + weekday;
                if (number < month.first || number >= month.next)
                  return <td key={number} className={mergeClasses(styles.cell, styles.outside)} />;
                const day = days.get(number);
                return (
                  <td
                    key={number}
                    className={mergeClasses(styles.cell, number === today && styles.today)}
                    {...(number === today ? { "aria-current": "date" as const } : {})}
                  >
                    {day === undefined ? (
                      <span className={styles.day}>{Number(dateOf(number).slice(8))}</span>
                    ) : (
                      <Ends day={day} onOpen={() => props.onOpen([day], dayTitle(day, now))} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Ends({ day, onOpen }: { day: TimelineDay; onOpen: () => void }) {
  const styles = useStyles();
  const shown = day.ends.slice(0, day.count > 2 ? 1 : 2);
  return (
    <button type="button" className={styles.button} onClick={onOpen}>
      <span className={styles.inside}>
        <span className={styles.day}>{Number(day.date.slice(8))}</span>{" "}
        <span className={styles.ends}>
          {shown.map((end) => (
            <span
              key={`${end.appId}.${end.keyId}`}
              className={mergeClasses(styles.end, styles[toneOf(day.days)])}
            >
              {end.appName}
            </span>
          ))}
          {day.count > shown.length && (
            <span className={styles.more}>{t("timeline.andMore", { count: day.count - shown.length })}</span>
          )}
          <span className={styles.count}>{fewDigits(day.count)}</span>
        </span>
      </span>
    </button>
  );
}
