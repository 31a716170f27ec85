// biome-ignore-all lint/a11y/useSemanticElements: rows of a real table cannot be drawn in part and moved into place.
// biome-ignore-all lint/a11y/useFocusableInteractive: the row takes the focus, not its cells.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import { FailedIcon, InfoIcon, WarningIcon, YesIcon } from "../../components/icons";
import type { AppRow, LastUse, Severity } from "../../contract/types";
import { t } from "../../words";
import { ago, relativeDay, shortDate } from "../../words/dates";
import { digits, fewDigits } from "../../words/numbers";
import type { ColumnId } from "./columns";
import { credentialName, facetWord } from "./facetWords";

/** The height of a row. */
export const ROW = 56;

export const useRowStyles = makeStyles({
  row: {
    position: "absolute",
    top: 0,
    insetInline: 0,
    height: `${ROW}px`,
    boxSizing: "border-box",
    display: "grid",
    gridTemplateColumns: "var(--columns)",
    alignItems: "center",
    cursor: "pointer",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    ":hover": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
    "@media (max-width: 639px)": { gridTemplateColumns: "36px 76px minmax(0, 1fr) 28px" },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground3,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    "@media (forced-colors: active)": { outline: "1px dashed Highlight", outlineOffset: "-3px" },
  },
  check: { display: "flex", alignItems: "center", justifyContent: "center", height: "100%" },
  box: {
    width: "18px",
    height: "18px",
    margin: 0,
    cursor: "pointer",
    accentColor: tokens.colorBrandBackground,
  },
  days: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-end",
    paddingInlineEnd: "16px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase100,
    lineHeight: "14px",
  },
  number: {
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase600,
    lineHeight: "26px",
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  soon: { color: tokens.colorStatusWarningForeground1 },
  pressing: { color: tokens.colorStatusDangerForeground1 },
  quiet: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  words: {
    minWidth: 0,
    marginInlineEnd: "16px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  name: {
    display: "block",
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    unicodeBidi: "plaintext",
    textAlign: "start",
  },
  cell: {
    minWidth: 0,
    paddingInlineEnd: "12px",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: "tabular-nums",
    "@media (max-width: 639px)": { display: "none" },
  },
  health: {
    display: "flex",
    alignItems: "center",
    gap: "6px",
    color: tokens.colorNeutralForeground1,
    whiteSpace: "nowrap",
    "@media (max-width: 639px)": { fontSize: 0, gap: 0 },
  },
  good: { "& svg": { color: tokens.colorStatusSuccessForeground1 } },
  warn: { "& svg": { color: tokens.colorStatusWarningForeground1 } },
  bad: { "& svg": { color: tokens.colorStatusDangerForeground1 } },
  info: { "& svg": { color: tokens.colorBrandForeground1 } },
  ghost: {
    height: "12px",
    width: "40%",
    borderRadius: "6px",
    backgroundColor: tokens.colorNeutralBackground4,
  },
});

/** Looked up once for a row, not for each of its cells. */
type Styles = ReturnType<typeof useRowStyles>;

const HEALTH = {
  critical: ["bad", FailedIcon],
  warning: ["warn", WarningIcon],
  info: ["info", InfoIcon],
  fine: ["good", YesIcon],
} as const;

interface RowProps {
  row: AppRow | undefined;
  index: number;
  start: number;
  columns: readonly ColumnId[];
  chosen: boolean;
  active: boolean;
  now: Date;
  onOpen: (row: AppRow) => void;
  onChoose: (row: AppRow) => void;
  onActive: (index: number) => void;
}

/** A row of the inventory; the same element stays while its content is on the way. */
export const AppGridRow = memo(function AppGridRow(props: RowProps) {
  const styles = useRowStyles();
  const { row, index, now } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it listens to keys.
    <div
      role="row"
      data-row={index}
      className={mergeClasses(styles.row, props.chosen && styles.chosen)}
      style={{ transform: `translateY(${props.start}px)` }}
      aria-rowindex={index + 2}
      aria-selected={props.chosen}
      tabIndex={props.active ? 0 : -1}
      onFocus={() => props.onActive(index)}
      onClick={() => row && props.onOpen(row)}
    >
      {row === undefined ? (
        <div role="gridcell" aria-label={t("row.loading")} className={styles.words}>
          <div className={styles.ghost} />
        </div>
      ) : (
        <>
          <div role="gridcell" className={styles.check}>
            <input
              type="checkbox"
              className={styles.box}
              tabIndex={-1}
              checked={props.chosen}
              aria-label={t("inventory.choose", { name: row.app.name })}
              onClick={(event) => event.stopPropagation()}
              onChange={() => props.onChoose(row)}
            />
          </div>
          <Days row={row} styles={styles} />
          <div role="gridcell" className={styles.words}>
            <span className={styles.name}>{row.app.name}</span>
            {endWords(row, now)}
          </div>
          {props.columns.map((column) => (
            <Cell key={column} column={column} row={row} now={now} styles={styles} />
          ))}
        </>
      )}
    </div>
  );
});

/** Days until the next end, as the largest thing in the row. */
function Days({ row, styles }: { row: AppRow; styles: Styles }) {
  const days = row.next?.days ?? null;
  if (days === null) {
    return (
      <div role="gridcell" className={styles.days}>
        <span className={mergeClasses(styles.number, styles.quiet)}>–</span>
      </div>
    );
  }
  const left = Math.abs(days);
  const years = Math.floor(left / 365);
  return (
    <div role="gridcell" className={styles.days}>
      <span
        className={mergeClasses(styles.number, days <= 30 && styles.soon, days <= 14 && styles.pressing)}
        title={years >= 10 ? t("row.long", { years }) : undefined}
      >
        {fewDigits(left)}
      </span>
      {days === 0 ? t("row.today") : t(days < 0 ? "row.daysAgo" : "row.days", { days: left })}
    </div>
  );
}

function Cell(props: { column: ColumnId; row: AppRow; now: Date; styles: Styles }) {
  const { column, row, now, styles } = props;
  if (column === "health") return <Health health={row.health} styles={styles} />;
  const words = cellWords(column, row, now);
  return (
    <div role="gridcell" className={styles.cell} title={words}>
      {words}
    </div>
  );
}

function Health({ health, styles }: { health: Severity | null; styles: Styles }) {
  const [tone, Icon] = HEALTH[health ?? "fine"];
  return (
    <div role="gridcell" className={mergeClasses(styles.health, styles[tone])}>
      <Icon aria-hidden="true" />
      {facetWord({ facet: "health", value: health ?? "fine" })}
    </div>
  );
}

function cellWords(column: Exclude<ColumnId, "health">, row: AppRow, now: Date): string {
  switch (column) {
    case "owners":
      return row.owners === null ? t("row.ownersUnknown") : t("row.owners", { count: row.owners });
    case "lastSignIn":
      return row.lastSignIn.kind === "used"
        ? relativeDay(row.lastSignIn.at, now)
        : lastUseWords(row.lastSignIn, now);
    case "kind":
      return facetWord({ facet: "kind", value: row.kind });
    case "audience":
      return row.audience === null ? "–" : facetWord({ facet: "audience", value: row.audience });
    case "created":
      return row.createdAt === null ? "–" : shortDate(row.createdAt, now);
    case "credentials":
      return digits(row.credentials);
  }
}

/** When something was last used, in a few words. */
export function lastUseWords(use: LastUse, now: Date): string {
  switch (use.kind) {
    case "used":
      return ago(use.at, now);
    case "notSeen":
      return t("row.notSeen", { when: shortDate(use.since, now) });
    case "unknown":
      return t("row.useUnknown");
  }
}

/** What ends next, and when; the other words of a row. */
export function endWords(row: AppRow, now: Date): string {
  const words = [];
  if (row.disabled) words.push(t("row.off"));
  if (row.next !== null) {
    const when = shortDate(row.next.at, now);
    words.push(t(row.next.days < 0 ? "row.ended" : "row.end", { what: credentialName(row.next), when }));
  } else words.push(row.credentials === 0 ? t("row.none") : t("row.noEnd", { count: row.credentials }));
  return words.join(" · ");
}
