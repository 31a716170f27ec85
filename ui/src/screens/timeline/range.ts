import type { DayNumber } from "./calendar";

/** The part of the timeline that is in view. */
export interface Range {
  from: DayNumber;
  /** How many days. */
  days: number;
}

/** Days of a month, on average. */
const MONTH = 30.4375;
/** As far as one can look closer. */
const LEAST = 30;
/** How much is shown at a press of a button, in months. */
export const ZOOMS = [3, 6, 12, 24] as const;
export type Zoom = (typeof ZOOMS)[number];

/** Inside the whole, and no closer than is useful. */
export function clamp({ from, days }: Range, whole: Range): Range {
  const wide = Math.min(whole.days, Math.max(LEAST, days));
  return { days: wide, from: Math.max(whole.from, Math.min(whole.from + whole.days - wide, from)) };
}

/** So many months; today stays near the left edge when it is in view, otherwise the middle stays. */
export function zoomTo(range: Range, whole: Range, today: DayNumber, months: Zoom): Range {
  const days = months === 24 ? whole.days : months * MONTH;
  const seesToday = today >= range.from && today < range.from + range.days;
  const from = seesToday ? today - days * 0.06 : range.from + (range.days - days) / 2;
  return clamp({ from, days }, whole);
}

/** Closer (`factor` below 1) or further away; the day under the pointer stays under it. */
export function zoomBy(range: Range, whole: Range, factor: number, at: DayNumber): Range {
  const wide = clamp({ from: range.from, days: range.days * factor }, whole).days;
  const share = (at - range.from) / range.days;
  return clamp({ from: at - share * wide, days: wide }, whole);
}

/** Earlier or later by so many days. */
export const panBy = (range: Range, whole: Range, days: number): Range =>
  clamp({ from: range.from + days, days: range.days }, whole);

/** The button that stands for what is in view; none between them. */
export function zoomOf(range: Range, whole: Range): Zoom | null {
  return (
    ZOOMS.find((months) => Math.abs(range.days - Math.min(whole.days, months * MONTH)) < 8) ??
    (range.days >= whole.days ? 24 : null)
  );
}
