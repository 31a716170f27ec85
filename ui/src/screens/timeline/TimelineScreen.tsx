import {
  Button,
  makeStaticStyles,
  makeStyles,
  mergeClasses,
  ToggleButton,
  tokens,
} from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useAnswer } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { EarlierIcon, LaterIcon, PrintIcon, ZoomInIcon, ZoomOutIcon } from "../../components/icons";
import { Screen } from "../../components/Screen";
import { SearchField } from "../../components/SearchField";
import { Waiting } from "../../components/Waiting";
import type { CredentialKind, Timeline, TimelineDay } from "../../contract/types";
import { t } from "../../words";
import { RoomLinks } from "../inventory/RoomLinks";
import { useSettled } from "../wizard/answers/useSettled";
import { numberOf } from "./calendar";
import { EndRows } from "./EndRows";
import { Legend } from "./Legend";
import { MonthView } from "./MonthView";
import { Picture } from "./Picture";
import { panBy, type Range, ZOOMS, zoomBy, zoomOf, zoomTo } from "./range";
import { TableView } from "./TableView";

/** On paper there is the picture, without the window around it. */
const usePaper = makeStaticStyles(`
  @media print {
    body[data-picture] nav, body[data-picture] header:not(main header), body[data-picture] search { display: none; }
    body[data-picture] main { overflow: visible; }
    body[data-picture] * { print-color-adjust: exact; }
  }
`);

const useStyles = makeStyles({
  tools: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 12px" },
  search: { flexGrow: 1, minWidth: "min(100%, 220px)" },
  group: {
    display: "flex",
    flexWrap: "wrap",
    gap: "4px",
    border: "none",
    margin: 0,
    padding: 0,
    minInlineSize: 0,
  },
  push: { marginInlineStart: "auto", "@media (max-width: 639px)": { marginInlineStart: 0 } },
  legend: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  picture: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  print: { "@media print": { display: "none" } },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const MONTHS = 24;
/** Days at either edge, so that nothing is cut. */
const MARGIN = 5;
/** A narrow window begins with less time. */
const NARROW = 640;
const VIEWS = ["picture", "month", "table"] as const;
const KINDS: CredentialKind[] = ["secret", "certificate", "signingCertificate"];

/** Every secret and certificate on the day on which it ends: as a picture, as a month, or as a table. */
export function TimelineScreen() {
  usePaper();
  const styles = useStyles();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [kinds, setKinds] = useState<CredentialKind[]>([]);
  const [view, setView] = useState<(typeof VIEWS)[number]>("picture");
  const [opened, setOpened] = useState<{ days: TimelineDay[]; title: string } | null>(null);
  const wanted = useSettled(text.trim(), 150);
  const timeline = useAnswer(
    "timeline",
    {
      from: null,
      months: MONTHS,
      text: wanted,
      facets: kinds.map((value) => ({ facet: "credential", value })),
    },
    { keepPrevious: true },
  );
  useEffect(() => {
    document.body.dataset.picture = "";
    return () => {
      delete document.body.dataset.picture;
    };
  }, []);
  const open = (days: TimelineDay[], title: string) => {
    const ends = days.flatMap((day) => day.ends);
    const [only] = ends;
    if (only !== undefined && days.reduce((sum, { count }) => sum + count, 0) < 2)
      return void navigate({ to: "/apps/$appId", params: { appId: only.appId } });
    setOpened({ days, title });
  };
  const narrowed = wanted !== "" || kinds.length > 0;
  const ahead = timeline.data?.days.reduce((sum, { days, count }) => (days < 0 ? sum : sum + count), 0) ?? 0;
  const nothing = timeline.data !== undefined && timeline.data.days.length === 0;
  return (
    <Screen
      wide
      title={t("timeline.title")}
      sentence={
        timeline.data && !nothing ? t("timeline.sentence", { count: ahead }) : t("timeline.sentenceLooking")
      }
    >
      <RoomLinks here="/timeline" />
      {timeline.isPending && <Waiting words={t("timeline.looking")} />}
      {timeline.error && (
        <ErrorNote error={timeline.error} actions={{ tryAgain: () => void timeline.refetch() }} />
      )}
      {timeline.data && (!nothing || narrowed) && (
        <search className={styles.tools}>
          <SearchField className={styles.search} label={t("timeline.search")} text={text} onText={setText} />
          <fieldset className={styles.group}>
            <legend className={styles.legend}>{t("timeline.only")}</legend>
            {KINDS.map((kind) => (
              <ToggleButton
                key={kind}
                size="small"
                shape="circular"
                checked={kinds.includes(kind)}
                onClick={() =>
                  setKinds(kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind])
                }
              >
                {t(`credential.${kind}`)}
              </ToggleButton>
            ))}
          </fieldset>
          <fieldset className={styles.group}>
            <legend className={styles.legend}>{t("timeline.view")}</legend>
            {VIEWS.map((each) => (
              <ToggleButton
                key={each}
                appearance="subtle"
                checked={view === each}
                onClick={() => setView(each)}
              >
                {t(`timeline.${each}`)}
              </ToggleButton>
            ))}
          </fieldset>
        </search>
      )}
      {nothing && (
        <EmptyState
          title={t(narrowed ? "timeline.noneTitle" : "timeline.emptyTitle")}
          sentence={t(narrowed ? "timeline.noneSentence" : "timeline.emptySentence")}
        />
      )}
      {timeline.data && !nothing && view === "picture" && <Pictured timeline={timeline.data} onOpen={open} />}
      {timeline.data && !nothing && view === "month" && <MonthView timeline={timeline.data} onOpen={open} />}
      {timeline.data && !nothing && view === "table" && <TableView timeline={timeline.data} />}
      {opened && <EndRows {...opened} onClose={() => setOpened(null)} />}
    </Screen>
  );
}

function Pictured(props: { timeline: Timeline; onOpen: (days: TimelineDay[], title: string) => void }) {
  const styles = useStyles();
  const { timeline } = props;
  const from = numberOf(timeline.from) - MARGIN;
  const whole: Range = { from, days: numberOf(timeline.until) + MARGIN - from };
  const today = numberOf(timeline.today);
  const [range, setRange] = useState(() =>
    window.innerWidth < NARROW ? zoomTo(whole, whole, today, 6) : whole,
  );
  const at = zoomOf(range, whole);
  const middle = range.from + range.days / 2;
  return (
    <div className={styles.picture}>
      <div className={mergeClasses(styles.tools, styles.print)}>
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{t("timeline.zoom")}</legend>
          {ZOOMS.map((months) => (
            <ToggleButton
              key={months}
              size="small"
              appearance="subtle"
              checked={at === months}
              onClick={() => setRange(zoomTo(range, whole, today, months))}
            >
              {t("timeline.months", { months })}
            </ToggleButton>
          ))}
        </fieldset>
        <div className={mergeClasses(styles.group, styles.push)}>
          <Button
            size="small"
            appearance="subtle"
            icon={<EarlierIcon />}
            aria-label={t("timeline.earlier")}
            disabledFocusable={range.from <= whole.from}
            onClick={() => setRange(panBy(range, whole, -range.days / 2))}
          />
          <Button
            size="small"
            appearance="subtle"
            icon={<LaterIcon />}
            aria-label={t("timeline.later")}
            disabledFocusable={range.from + range.days >= whole.from + whole.days}
            onClick={() => setRange(panBy(range, whole, range.days / 2))}
          />
          <Button
            size="small"
            appearance="subtle"
            icon={<ZoomInIcon />}
            aria-label={t("timeline.zoomIn")}
            onClick={() => setRange(zoomBy(range, whole, 0.5, middle))}
          />
          <Button
            size="small"
            appearance="subtle"
            icon={<ZoomOutIcon />}
            aria-label={t("timeline.zoomOut")}
            disabledFocusable={range.days >= whole.days}
            onClick={() => setRange(zoomBy(range, whole, 2, middle))}
          />
          <Button size="small" appearance="subtle" icon={<PrintIcon />} onClick={() => window.print()}>
            {t("timeline.print")}
          </Button>
        </div>
      </div>
      <Picture
        timeline={timeline}
        range={range}
        whole={whole}
        onRange={setRange}
        onOpen={(stop, title) => props.onOpen(stop.days, title)}
      />
      <Legend timeline={timeline} />
    </div>
  );
}
