import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import type { Timeline } from "../../contract/types";
import { t } from "../../words";
import { relativeDay } from "../../words/dates";
import { fewDigits } from "../../words/numbers";
import { useNow } from "../../words/useNow";
import { inWords, longDay, monthsIn, numberOf } from "./calendar";
import { DayCard } from "./DayCard";
import { localDay } from "./EndRows";
import { type EndTone, type Layout, LEAN, layOut, namesOf, type Stop } from "./layout";
import { panBy, type Range, zoomBy } from "./range";
import { useWidth } from "./useWidth";

const TOP = 36;
const HEIGHT = 232;
const AXIS = 52;

const useStyles = makeStyles({
  root: {
    position: "relative",
    minWidth: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    overflow: "hidden",
    breakInside: "avoid",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "2px" },
  },
  movable: { cursor: "grab", touchAction: "pan-y", ":active": { cursor: "grabbing" } },
  svg: { display: "block", width: "100%", fontFamily: tokens.fontFamilyBase, userSelect: "none" },
  band: { fill: tokens.colorNeutralBackground2 },
  axis: { stroke: tokens.colorNeutralStroke1 },
  month: { fill: tokens.colorNeutralForeground2, fontSize: "12px" },
  year: { fill: tokens.colorNeutralForeground1, fontSize: "14px", fontWeight: tokens.fontWeightSemibold },
  zonePressing: { fill: tokens.colorStatusDangerBackground1, fillOpacity: 0.6 },
  zoneSoon: { fill: tokens.colorStatusWarningBackground1, fillOpacity: 0.6 },
  todayLine: { stroke: tokens.colorBrandForeground1, strokeWidth: "2px" },
  todayPill: { fill: tokens.colorBrandBackground },
  todayWord: {
    fill: tokens.colorNeutralForegroundOnBrand,
    fontSize: "12px",
    fontWeight: tokens.fontWeightSemibold,
  },
  stop: { cursor: "pointer" },
  number: { fill: tokens.colorNeutralForeground1, fontSize: "12px", fontWeight: tokens.fontWeightSemibold },
  past: { fill: tokens.colorNeutralBackground1, stroke: tokens.colorNeutralForeground3, strokeWidth: "2px" },
  pressing: { fill: tokens.colorStatusDangerForeground1 },
  soon: { fill: tokens.colorStatusWarningForeground1 },
  near: { fill: tokens.colorBrandForeground1 },
  far: { fill: tokens.colorBrandForeground1, fillOpacity: 0.65 },
  name: { fill: tokens.colorNeutralForeground2, fontSize: "12px", pointerEvents: "none" },
  nameNear: { fill: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  here: { fill: "none", stroke: tokens.colorStrokeFocus2, strokeWidth: "2px" },
  hit: { fill: "transparent" },
  help: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
});

/** What ends when, as a picture: a dot for each secret and certificate, stacks where there are very many. */
export function Picture(props: {
  timeline: Timeline;
  range: Range;
  whole: Range;
  onRange: (range: Range) => void;
  onOpen: (stop: Stop, title: string) => void;
}) {
  const styles = useStyles();
  const id = useId();
  const now = useNow();
  const { timeline, range, whole, onRange } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const layout = useMemo(
    () => layOut(timeline.days, range, width, HEIGHT - 20),
    [timeline.days, range, width],
  );
  const { stops } = layout;
  const [at, setAt] = useState<string | null>(null);
  const [card, setCard] = useState(false);
  const here = stops.find(({ key }) => key === at) ?? null;
  const move = (place: number) => {
    const next = stops[Math.max(0, Math.min(stops.length - 1, place))];
    if (next === undefined) return;
    setAt(next.key);
    setCard(true);
  };
  const zoom = (factor: number) =>
    onRange(zoomBy(range, whole, factor, here?.from ?? range.from + range.days / 2));
  const onKeyDown = (event: KeyboardEvent) => {
    const place = here === null ? -1 : stops.indexOf(here);
    const keys: Record<string, () => void> = {
      ArrowRight: () => move(place + 1),
      ArrowLeft: () => move(place < 0 ? 0 : place - 1),
      Home: () => move(0),
      End: () => move(stops.length - 1),
      Enter: () => here && props.onOpen(here, stopTitle(here, now)),
      " ": () => here && props.onOpen(here, stopTitle(here, now)),
      Escape: () => setCard(false),
      "+": () => zoom(0.5),
      "-": () => zoom(2),
    };
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  useWheel(box, (event) => {
    const place = event.clientX - (box.current?.getBoundingClientRect().left ?? 0);
    const day = range.from + (place / width) * range.days;
    if (event.ctrlKey) onRange(zoomBy(range, whole, event.deltaY > 0 ? 1.2 : 1 / 1.2, day));
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY))
      onRange(panBy(range, whole, (event.deltaX / width) * range.days));
    else return false;
    return true;
  });
  const drag = useDrag((pixels) => onRange(panBy(range, whole, (-pixels / width) * range.days)));
  const movable = range.days < whole.days;
  return (
    <div
      ref={box}
      className={mergeClasses(styles.root, movable && styles.movable)}
      role="listbox"
      tabIndex={0}
      aria-label={t("timeline.label")}
      aria-describedby={`${id}-help`}
      aria-orientation="horizontal"
      {...(here === null ? {} : { "aria-activedescendant": `${id}-${here.key}` })}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (
          event.target === event.currentTarget &&
          event.currentTarget.matches(":focus-visible") &&
          here === null
        )
          move(
            Math.max(
              0,
              stops.findIndex(({ until }) => until > numberOf(timeline.today)),
            ),
          );
      }}
      onBlur={() => setCard(false)}
      onPointerLeave={() => setCard(false)}
      {...(movable ? drag : {})}
    >
      <svg className={styles.svg} viewBox={`0 0 ${width} ${TOP + HEIGHT + AXIS}`} aria-hidden="true">
        <Calendar range={range} width={width} today={numberOf(timeline.today)} />
        <Names layout={layout} width={width} />
        <Numbers layout={layout} />
      </svg>
      <svg
        className={styles.svg}
        style={{ position: "absolute", inset: 0 }}
        viewBox={`0 0 ${width} ${TOP + HEIGHT + AXIS}`}
        role="presentation"
      >
        {stops.map((stop) => (
          <g
            key={stop.key}
            id={`${id}-${stop.key}`}
            role="option"
            className={styles.stop}
            aria-selected={stop.key === at}
            aria-label={stopLabel(stop, now)}
            onPointerEnter={() => {
              setAt(stop.key);
              setCard(true);
            }}
            onClick={() => props.onOpen(stop, stopTitle(stop, now))}
            onKeyDown={onKeyDown}
          >
            <Marks stop={stop} layout={layout} here={stop.key === at && card} />
          </g>
        ))}
      </svg>
      {here !== null && card && <DayCard stop={here} title={stopTitle(here, now)} width={width} />}
      <span id={`${id}-help`} className={styles.help}>
        {t("timeline.help")}
      </span>
    </div>
  );
}

/** Months, years, what is near, and today. */
function Calendar({ range, width, today }: { range: Range; width: number; today: number }) {
  const styles = useStyles();
  const perDay = width / range.days;
  const x = (day: number) => (day - range.from) * perDay;
  const until = range.from + range.days;
  const months = monthsIn(range.from, until);
  const base = TOP + HEIGHT;
  const todayX = x(today + 0.5);
  const word = t("timeline.today");
  const pill = word.length * 7 + 16;
  const pillX = Math.max(0, Math.min(width - pill, todayX - pill / 2));
  const zone = (from: number, to: number, className: string) => {
    const [left, right] = [Math.max(0, x(from)), Math.min(width, x(to))];
    return (
      right > left && <rect className={className} x={left} y={TOP} width={right - left} height={HEIGHT} />
    );
  };
  return (
    <>
      {months.map(({ first, next, month }) => {
        const [left, right] = [Math.max(0, x(first)), Math.min(width, x(next))];
        const wide = right - left;
        const long = wide > 90;
        return (
          <g key={first}>
            {month % 2 === 0 && (
              <rect className={styles.band} x={left} y={TOP} width={Math.max(0, wide)} height={HEIGHT} />
            )}
            {wide > 26 && (
              <text className={styles.month} x={left + wide / 2} y={base + 20} textAnchor="middle">
                {inWords(first, { month: long ? "long" : "short" })}
              </text>
            )}
          </g>
        );
      })}
      {zone(today, today + 15, styles.zonePressing)}
      {zone(today + 15, today + 31, styles.zoneSoon)}
      {months
        .filter(({ month }, place) => month === 0 || place === 0)
        .map(({ first, year, month }, place, years) => {
          const left = Math.max(0, x(first));
          const next = years[place + 1];
          if (next !== undefined && x(next.first) - left < 48) return null;
          return (
            <g key={first}>
              {month === 0 && (
                <line className={styles.axis} x1={left} x2={left} y1={TOP} y2={base + AXIS - 6} />
              )}
              <text className={styles.year} x={left + 8} y={base + 42}>
                {year}
              </text>
            </g>
          );
        })}
      <line className={styles.axis} x1={0} x2={width} y1={base} y2={base} />
      {todayX >= 0 && todayX <= width && (
        <>
          <line className={styles.todayLine} x1={todayX} x2={todayX} y1={TOP - 8} y2={base} />
          <rect className={styles.todayPill} x={pillX} y={6} width={pill} height={22} rx={11} />
          <text className={styles.todayWord} x={pillX + pill / 2} y={21} textAnchor="middle">
            {word}
          </text>
        </>
      )}
    </>
  );
}

/** The numbers of stacks. */
function Numbers({ layout }: { layout: Layout }) {
  const styles = useStyles();
  return layout.stops
    .filter(({ dots }) => dots === null)
    .map(({ key, x, count }) => (
      <text
        key={key}
        className={styles.number}
        x={x}
        y={TOP + HEIGHT - stackHeight(count, layout) - 7}
        textAnchor="middle"
      >
        {fewDigits(count)}
      </text>
    ));
}

const stackHeight = (count: number, { most }: Layout) => Math.max(6, (count / most) * (HEIGHT - 28));

/** The names of what ends, leaning out of the dots, wherever there is room. */
function Names({ layout, width }: { layout: Layout; width: number }) {
  const styles = useStyles();
  return namesOf(layout, width).map(({ key, x, level, words, near }) => {
    const y = TOP + HEIGHT - 3 - (level + 1) * layout.pitch - 4;
    return (
      <text
        key={key}
        className={mergeClasses(styles.name, near && styles.nameNear)}
        transform={`translate(${x + 3} ${y}) rotate(-${LEAN})`}
      >
        {words}
      </text>
    );
  });
}

function Marks({ stop, layout, here }: { stop: Stop; layout: Layout; here: boolean }) {
  const styles = useStyles();
  const { radius, pitch, stackWidth } = layout;
  const base = TOP + HEIGHT;
  const tone = toneClass(styles, stop.tone);
  if (stop.dots === null) {
    const wide = stackWidth ?? radius * 2;
    const high = stackHeight(stop.count, layout);
    return (
      <>
        <rect className={styles.hit} x={stop.x - wide / 2 - 3} y={TOP} width={wide + 6} height={HEIGHT} />
        <rect
          className={tone}
          x={stop.x - wide / 2}
          y={base - high}
          width={wide}
          height={high}
          rx={Math.min(4, wide / 2)}
        />
        {here && (
          <rect
            className={styles.here}
            x={stop.x - wide / 2 - 3}
            y={base - high - 3}
            width={wide + 6}
            height={high + 3}
            rx={5}
          />
        )}
      </>
    );
  }
  return (
    <>
      {stop.dots.map(({ level, kind }) => {
        const y = base - radius - 3 - level * pitch;
        const side = radius * 1.75;
        return (
          <g key={level}>
            {kind === "secret" ? (
              <circle className={tone} cx={stop.x} cy={y} r={radius} />
            ) : (
              <rect
                className={tone}
                x={stop.x - side / 2}
                y={y - side / 2}
                width={side}
                height={side}
                rx={1.5}
                {...(kind === "signingCertificate" ? { transform: `rotate(45 ${stop.x} ${y})` } : {})}
              />
            )}
            <circle className={styles.hit} cx={stop.x} cy={y} r={radius + 3} />
            {here && <circle className={styles.here} cx={stop.x} cy={y} r={radius + 2.5} />}
          </g>
        );
      })}
    </>
  );
}

const toneClass = (styles: ReturnType<typeof useStyles>, tone: EndTone) => styles[tone];

/** What a stop is called. */
export function stopTitle(stop: Stop, now: Date): string {
  const [first] = stop.days;
  if (first === undefined) return "";
  if (stop.until - stop.from > 1 && stop.days.length > 1) {
    return t("timeline.span", {
      from: longDay(stop.from),
      until: longDay(stop.until - 1),
      count: stop.count,
    });
  }
  const day = numberOf(first.date);
  return t("timeline.on", { when: longDay(day), relative: relativeDay(localDay(first.date), now) });
}

function stopLabel(stop: Stop, now: Date): string {
  const [first] = stop.days;
  if (first === undefined || (stop.until - stop.from > 1 && stop.days.length > 1))
    return stopTitle(stop, now);
  const names = first.ends
    .slice(0, 3)
    .map(({ appName }) => appName)
    .join(", ");
  return t("timeline.stop", {
    when: longDay(numberOf(first.date)),
    relative: relativeDay(localDay(first.date), now),
    count: stop.count,
    names,
  });
}

/** The wheel, where it is ours: with Ctrl, or sideways. */
function useWheel(box: React.RefObject<HTMLElement | null>, onWheel: (event: WheelEvent) => boolean): void {
  const latest = useRef(onWheel);
  latest.current = onWheel;
  useEffect(() => {
    const listen = (event: WheelEvent) => {
      if (latest.current(event)) event.preventDefault();
    };
    const element = box.current;
    element?.addEventListener("wheel", listen, { passive: false });
    return () => element?.removeEventListener("wheel", listen);
  }, [box]);
}

/** Dragging sideways. A press that does not move stays a press. */
function useDrag(onMove: (pixels: number) => void) {
  const last = useRef<number | null>(null);
  const end = () => {
    last.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button === 0) last.current = event.clientX;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (last.current === null || Math.abs(event.clientX - last.current) < 3) return;
      event.currentTarget.setPointerCapture?.(event.pointerId);
      onMove(event.clientX - last.current);
      last.current = event.clientX;
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
