import type { CredentialKind, TimelineDay } from "../../contract/types";
import { type DayNumber, dateOf, mondayOf, monthOf, numberOf } from "./calendar";
import type { Range } from "./range";

/** How pressing an end is. */
export type EndTone = "past" | "pressing" | "soon" | "near" | "far";

/** How pressing an end in so many days is. */
export function toneOf(days: number): EndTone {
  if (days < 0) return "past";
  if (days <= 14) return "pressing";
  if (days <= 30) return "soon";
  return days <= 90 ? "near" : "far";
}

/** A dot of the picture: one credential. */
export interface Dot {
  level: number;
  /** Moved aside by so many pixels. */
  kind: CredentialKind;
}

/** What one can stop at: a day, or where there are too many of them, a week or a month. */
export interface Stop {
  key: string;
  /** First day. */
  from: DayNumber;
  /** The day after the last. */
  until: DayNumber;
  /** Middle, in pixels from the left edge. */
  x: number;
  count: number;
  tone: EndTone;
  days: TimelineDay[];
  /** One for each credential; none when there are too many: then it is a stack with its number. */
  dots: Dot[] | null;
}

/** The whole picture: dots by the day, or stacks by the day, week or month. */
export interface Layout {
  stops: Stop[];
  /** The radius of a dot. */
  radius: number;
  /** From one dot to the next. */
  pitch: number;
  /** Pixels of a stack; none for dots. */
  stackWidth: number | null;
  /** The highest number among the stacks. */
  most: number;
}

/** More than this on one day become one stack. */
const STACK = 8;
/** Room that a stack needs for its number. */
const NUMBER = 36;

/** Puts what ends into a picture of `width` by `height` pixels. */
export function layOut(days: readonly TimelineDay[], range: Range, width: number, height: number): Layout {
  const perDay = width / range.days;
  const seen = days.filter(({ date }) => {
    const day = numberOf(date);
    return day + 1 > range.from && day < range.from + range.days;
  });
  const radius = Math.max(4.5, Math.min(8, perDay * 0.9));
  const pitch = radius * 2 + 2;
  const dots = asDots(seen, range, perDay, pitch, Math.floor(height / pitch));
  const most = Math.max(1, ...seen.map(({ count }) => count));
  if (dots !== null) return { stops: dots, radius, pitch, stackWidth: null, most };
  return { ...asStacks(seen, range, perDay), radius, pitch };
}

/** By so many degrees do names lean. */
export const LEAN = 55;
/** From one name to the next, so that they do not touch. */
const NAME = 15;
/** A letter is about this wide. */
const LETTER = 6.6;
/** Longer names are shortened. */
const LONGEST = 26;

/** A name beside its dots. */
export interface Name {
  key: string;
  x: number;
  /** The highest of the dots. */
  level: number;
  words: string;
  near: boolean;
}

/** The names that find room, the most pressing first. */
export function namesOf({ stops, stackWidth, pitch }: Layout, width: number): Name[] {
  if (stackWidth !== null) return [];
  const names: Name[] = [];
  const pressing = [...stops].sort((left, right) => rank(left.tone) - rank(right.tone) || left.x - right.x);
  for (const stop of pressing) {
    const [first] = stop.days[0]?.ends ?? [];
    if (first === undefined || stop.dots === null) continue;
    const level = Math.max(0, ...stops.map((other) => levelOver(other, other.x - stop.x, pitch)));
    if (names.some((other) => apart(other.x - stop.x, (other.level - level) * pitch) < NAME)) continue;
    // The room until the right edge, along the slope.
    const room = Math.min(LONGEST, Math.floor((width - stop.x - 8) / Math.cos(SLOPE) / LETTER));
    if (room < 8) continue;
    const more = stop.count > 1 ? ` +${stop.count - 1}` : "";
    const letters = [...first.appName];
    const fits = letters.length + more.length <= room;
    names.push({
      key: stop.key,
      x: stop.x,
      level,
      words:
        (fits
          ? first.appName
          : `${letters
              .slice(0, room - more.length - 1)
              .join("")
              .trimEnd()}…`) + more,
      near: stop.tone === "pressing",
    });
  }
  return names;
}

const SLOPE = (LEAN * Math.PI) / 180;

/** Over which level a name has to begin so that it passes over what stands so many pixels to its right. */
function levelOver({ dots }: Stop, right: number, pitch: number): number {
  if (right < -pitch / 2 || dots === null) return 0;
  const top = Math.max(...dots.map(({ level }) => level));
  return top - Math.floor((Math.max(0, right) * Math.tan(SLOPE)) / pitch);
}

/** The distance between two names that begin so far apart. */
const apart = (right: number, up: number): number => Math.abs(right * Math.sin(SLOPE) - up * Math.cos(SLOPE));

const rank = (tone: EndTone) => ["pressing", "soon", "near", "far", "past"].indexOf(tone);

/** Every credential as a dot on its day, moved up where another is in the way. Null when they do not fit. */
function asDots(
  days: TimelineDay[],
  range: Range,
  perDay: number,
  pitch: number,
  levels: number,
): Stop[] | null {
  const taken = new Array<number>(levels).fill(Number.NEGATIVE_INFINITY);
  let lastStack = Number.NEGATIVE_INFINITY;
  const stops: Stop[] = [];
  for (const day of days) {
    const number = numberOf(day.date);
    const x = (number - range.from + 0.5) * perDay;
    let dots: Dot[] | null = null;
    if (day.count > STACK) {
      if (x - lastStack < NUMBER) return null;
      lastStack = x;
      taken.fill(x);
    } else {
      dots = [];
      for (const { kind } of day.ends) {
        const level = taken.findIndex((last) => x - last >= pitch);
        if (level < 0) return null;
        taken[level] = x;
        dots.push({ level, kind });
      }
    }
    stops.push({
      key: day.date,
      from: number,
      until: number + 1,
      x,
      count: day.count,
      tone: toneOf(day.days),
      days: [day],
      dots,
    });
  }
  return stops;
}

/** The smallest of day, week and month that leaves room for a number. */
function asStacks(
  days: TimelineDay[],
  range: Range,
  perDay: number,
): Pick<Layout, "stops" | "stackWidth" | "most"> {
  const size = perDay >= NUMBER ? 1 : perDay * 7 >= NUMBER ? 7 : 30;
  const spanOf = (day: DayNumber) => {
    if (size === 1) return { from: day, until: day + 1 };
    if (size === 7) return { from: mondayOf(day), until: mondayOf(day) + 7 };
    const { first, next } = monthOf(day);
    return { from: first, until: next };
  };
  const stops = new Map<DayNumber, Stop>();
  for (const day of days) {
    const { from, until } = spanOf(numberOf(day.date));
    const middle = Math.max(range.from, from) / 2 + Math.min(range.from + range.days, until) / 2;
    const stop = stops.get(from) ?? {
      key: dateOf(from),
      from,
      until,
      x: (middle - range.from) * perDay,
      count: 0,
      tone: toneOf(day.days),
      days: [],
      dots: null,
    };
    stop.count += day.count;
    stop.days.push(day);
    // The most pressing of those that still work gives the colour.
    if (stop.tone === "past") stop.tone = toneOf(day.days);
    stops.set(from, stop);
  }
  const all = [...stops.values()];
  return {
    stops: all,
    stackWidth: Math.min(40, Math.max(10, size * perDay - 6)),
    most: Math.max(1, ...all.map(({ count }) => count)),
  };
}
