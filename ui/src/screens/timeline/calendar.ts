import { LANGUAGE } from "../../words";

/** A day by its number: whole days since 1970, without hours or zones. */
export type DayNumber = number;

const DAY = 86_400_000;
/** Day before month, as in the rest of the window. */
const LOCALE = LANGUAGE === "en" ? "en-GB" : LANGUAGE;

/** The number of a day that is written `YYYY-MM-DD`. */
export const numberOf = (date: string): DayNumber => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY);

/** The day with this number, as `YYYY-MM-DD`. */
export const dateOf = (day: DayNumber): string => new Date(Math.floor(day) * DAY).toISOString().slice(0, 10);

const formats = new Map<string, Intl.DateTimeFormat>();

/** A day in words. */
export function inWords(day: DayNumber, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE, { timeZone: "UTC", ...options });
  formats.set(key, format);
  return format.format(Math.floor(day) * DAY);
}

/** "2 December 2026". */
export const longDay = (day: DayNumber): string =>
  inWords(day, { day: "numeric", month: "long", year: "numeric" });

/** A month, by the number of its first day. */
export interface Month {
  first: DayNumber;
  /** The first day of the next. */
  next: DayNumber;
  year: number;
  /** From 0. */
  month: number;
}

/** The month in which a day lies. */
export function monthOf(day: DayNumber): Month {
  const date = new Date(Math.floor(day) * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { first: Date.UTC(year, month, 1) / DAY, next: Date.UTC(year, month + 1, 1) / DAY, year, month };
}

/** The months that touch a span of days. */
export function monthsIn(from: DayNumber, until: DayNumber): Month[] {
  const months = [];
  for (let month = monthOf(from); month.first < until; month = monthOf(month.next)) months.push(month);
  return months;
}

/** The Monday of a day's week. */
export const mondayOf = (day: DayNumber): DayNumber => day - ((Math.floor(day) + 3) % 7);
