// biome-ignore-all lint/a11y/useSemanticElements: rows of a real table cannot be drawn in part and moved into place.
// biome-ignore-all lint/a11y/useFocusableInteractive: the row takes the focus, not its cells.
import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useCallback, useEffect, useId, useRef, useState } from "react";
import { DownIcon, UpIcon } from "../../components/icons";
import { useListMargin } from "../../components/useListMargin";
import type { AppRow, InventorySort } from "../../contract/types";
import { t } from "../../words";
import { AppGridRow, ROW } from "./AppGridRow";
import { COLUMNS, type ColumnId } from "./columns";
import { gridMove, nextByName } from "./gridKeys";
import { knownRows, useWindow } from "./useRows";
import { sorted, type View } from "./view";

const HEAD = 40;
/** Letters typed within this time belong together. */
const TOGETHER_MS = 700;

const useStyles = makeStyles({
  root: {
    minWidth: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: {
    position: "sticky",
    top: 0,
    zIndex: 1,
    height: `${HEAD}px`,
    display: "grid",
    gridTemplateColumns: "var(--columns)",
    alignItems: "center",
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: `${tokens.borderRadiusLarge} ${tokens.borderRadiusLarge} 0 0`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    "@media (max-width: 639px)": { gridTemplateColumns: "36px 76px minmax(0, 1fr) 28px" },
  },
  check: { display: "flex", justifyContent: "center" },
  box: {
    width: "18px",
    height: "18px",
    margin: 0,
    cursor: "pointer",
    accentColor: tokens.colorBrandBackground,
  },
  optional: { "@media (max-width: 639px)": { display: "none" } },
  days: {
    display: "flex",
    justifyContent: "flex-end",
    paddingInlineEnd: "12px",
    "@media (max-width: 639px)": { paddingInlineEnd: "4px" },
  },
  sort: {
    minWidth: 0,
    padding: "0 4px",
    marginInlineStart: "-4px",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground2,
  },
  sorted: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  body: { position: "relative" },
  help: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
});

/** Which rows a person has chosen, by client id. */
export type Chosen = ReadonlyMap<string, AppRow>;

/** Every app of a view, however many: only the rows in view are drawn, and only their windows are asked for. */
export const AppGrid = memo(function AppGrid(props: {
  view: View;
  total: number;
  columns: ColumnId[];
  chosen: Chosen;
  now: Date;
  onView: (view: View) => void;
  onOpen: (row: AppRow) => void;
  onChoose: (row: AppRow) => void;
  onChooseAll: () => void;
}) {
  const styles = useStyles();
  const help = useId();
  const client = useQueryClient();
  const { view, total, onChoose } = props;
  const [active, setActive] = useState(0);
  const here = Math.min(active, Math.max(0, total - 1));
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const margin = useListMargin(body, "[role=grid]");
  const typed = useRef({ text: "", at: 0 });
  const wantsFocus = useRef(false);

  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => document.getElementById("main"),
    estimateSize: () => ROW,
    overscan: 2,
    // So that the first drawing has rows, not only the one after it was measured.
    initialRect: { width: 0, height: window.innerHeight },
    scrollMargin: margin,
    scrollPaddingStart: HEAD + 8,
    scrollPaddingEnd: 72,
    // The row that has the focus stays, wherever one scrolls.
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      if (drawn.includes(here) || total === 0) return drawn;
      return [...drawn, here].sort((left, right) => left - right);
    },
  });
  const drawn = rows.getVirtualItems();
  const inView = drawn.filter(({ index }) => index !== here || drawn.length === 1);
  const first = inView[0]?.index ?? 0;
  const last = inView[inView.length - 1]?.index ?? 0;
  const rowAt = useWindow(view, first, last);

  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-row="${here}"]`)?.focus({ preventScroll: true });
  }, [here]);

  const goTo = (index: number) => {
    wantsFocus.current = index !== here;
    setActive(index);
    rows.scrollToIndex(index, { align: "auto" });
  };
  const onActive = useCallback((index: number) => setActive(index), []);
  const chooseAt = (index: number) => {
    const row = rowAt(index);
    if (row !== undefined) onChoose(row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest("[role=row][data-row]") === null) return;
    const move = gridMove(event, here, total, Math.max(1, inView.length - 8));
    if (move === null) return;
    event.preventDefault();
    switch (move.kind) {
      case "go":
        goTo(move.to);
        return void (move.choosing && move.to !== here && chooseAt(move.to));
      case "open": {
        const row = rowAt(here);
        return void (row && props.onOpen(row));
      }
      case "choose":
        return chooseAt(here);
      case "chooseAll":
        return props.onChooseAll();
      case "letter": {
        const fresh = event.timeStamp - typed.current.at > TOGETHER_MS;
        typed.current = { text: (fresh ? "" : typed.current.text) + move.letter, at: event.timeStamp };
        const names = new Map([...knownRows(client, view)].map(([index, { app }]) => [index, app.name]));
        const found = nextByName(names, typed.current.text, here);
        return void (found !== null && goTo(found));
      }
    }
  };
  const shownColumns = COLUMNS.filter(({ id }) => props.columns.includes(id));
  return (
    <div
      ref={grid}
      role="grid"
      className={styles.root}
      style={
        {
          "--columns": `44px 88px minmax(160px, 1fr) ${shownColumns.map(({ width }) => width).join(" ")}`,
        } as React.CSSProperties
      }
      aria-label={t("inventory.apps")}
      aria-describedby={help}
      aria-rowcount={total + 1}
      aria-colcount={shownColumns.length + 3}
      aria-multiselectable="true"
      onKeyDown={onKeyDown}
    >
      <div role="row" className={styles.head} aria-rowindex={1}>
        <div role="columnheader" className={styles.check}>
          <input
            type="checkbox"
            className={styles.box}
            aria-label={t("inventory.chooseAll")}
            checked={total > 0 && props.chosen.size >= total}
            onChange={props.onChooseAll}
          />
        </div>
        <Head
          className={styles.days}
          sort="nextEnd"
          words={t("column.nextEnd")}
          view={view}
          onView={props.onView}
        />
        <Head sort="name" words={t("column.name")} view={view} onView={props.onView} />
        {shownColumns.map(({ id, sort }) => (
          <Head
            key={id}
            className={styles.optional}
            sort={sort}
            words={t(`column.${id}`)}
            view={view}
            onView={props.onView}
          />
        ))}
      </div>
      <div role="rowgroup" className={styles.body} ref={body} style={{ height: rows.getTotalSize() }}>
        {drawn.map(({ index, start }) => {
          const row = rowAt(index);
          return (
            <AppGridRow
              key={index}
              row={row}
              index={index}
              start={start - margin}
              columns={props.columns}
              chosen={row !== undefined && props.chosen.has(row.app.appId)}
              active={index === here}
              now={props.now}
              onOpen={props.onOpen}
              onChoose={onChoose}
              onActive={onActive}
            />
          );
        })}
      </div>
      <span id={help} className={styles.help}>
        {t("inventory.help")}
      </span>
    </div>
  );
});

const Head = memo(function Head(props: {
  words: string;
  sort: InventorySort | null;
  view: View;
  className?: string;
  onView: (view: View) => void;
}) {
  const styles = useStyles();
  const { sort, view } = props;
  const here = sort === view.sort;
  return (
    <div
      role="columnheader"
      className={props.className}
      {...(sort === null
        ? {}
        : {
            "aria-sort": here
              ? view.descending
                ? ("descending" as const)
                : ("ascending" as const)
              : ("none" as const),
          })}
    >
      {sort === null ? (
        props.words
      ) : (
        <Button
          appearance="transparent"
          size="small"
          className={mergeClasses(styles.sort, here && styles.sorted)}
          iconPosition="after"
          {...(here ? { icon: view.descending ? <DownIcon /> : <UpIcon /> } : {})}
          onClick={() => props.onView(sorted(view, sort))}
        >
          {props.words}
        </Button>
      )}
    </div>
  );
});
