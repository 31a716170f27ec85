import { LANGUAGE, t } from "./index";

const DAY = 86_400_000;

/** Whole days on the calendar from `now` to `when`, in the person's time zone; negative for the past. */
export function daysUntil(when: string | Date, now: Date): number {
  return Math.round((startOfDay(new Date(when)) - startOfDay(now)) / DAY);
}

function startOfDay(moment: Date): number {
  return Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
}

/** "2 Dec", or "2 Dec 2027" when that is in another year than `now`. */
export function shortDate(when: string | Date, now: Date): string {
  const moment = new Date(when);
  return format(moment.getFullYear() === now.getFullYear() ? "day" : "dayAndYear", moment);
}

/** "in 12 days (2 Dec)", "today (20 Nov)", "3 days ago (17 Nov)". */
export function dayAndDate(when: string | Date, now: Date): string {
  return t("date.dayAndDate", { day: relativeDay(when, now), date: shortDate(when, now) });
}

/** "in 12 days", "today", "3 days ago". */
export function relativeDay(when: string | Date, now: Date): string {
  const days = daysUntil(when, now);
  if (days === 0) return t("date.today");
  return days > 0 ? t("date.inDays", { days }) : t("date.daysAgo", { days: -days });
}

/** For what just happened: "just now", "4 minutes ago", "today at 09:12", "2 days ago (18 Nov)". */
export function ago(when: string | Date, now: Date): string {
  const moment = new Date(when);
  const minutes = Math.floor((now.getTime() - moment.getTime()) / 60_000);
  if (minutes < 1) return t("date.justNow");
  if (minutes < 60) return t("date.minutesAgo", { minutes });
  if (daysUntil(moment, now) === 0) return t("date.todayAt", { time: clockTime(moment) });
  return dayAndDate(moment, now);
}

/** "09:12". */
export function clockTime(when: string | Date): string {
  return format("time", new Date(when));
}

/** "4:05", minutes and seconds of a countdown. */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

/** "0.4 s", "12 s", "2 min 5 s": how long a step took. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return t("date.seconds", { seconds: seconds.toFixed(1) });
  if (seconds < 60) return t("date.seconds", { seconds: Math.round(seconds) });
  return t("date.minutesSeconds", { minutes: Math.floor(seconds / 60), seconds: Math.round(seconds % 60) });
}

/** English as it is written in most of the world: day before month, 24 hours. */
const LOCALE = LANGUAGE === "en" ? "en-GB" : LANGUAGE;

const FORMATS = {
  day: { day: "numeric", month: "short" },
  dayAndYear: { day: "numeric", month: "short", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
} as const;

// Made once: each takes a web view as long as drawing a row, and memory that it gives back late.
const made = new Map<string, Intl.DateTimeFormat>();

function format(name: keyof typeof FORMATS, moment: Date): string {
  // Another one where the computer has been taken to another time zone.
  const key = `${name} ${new Date().getTimezoneOffset()}`;
  let known = made.get(key);
  if (known === undefined) {
    known = new Intl.DateTimeFormat(LOCALE, FORMATS[name]);
    made.set(key, known);
  }
  return known.format(moment);
}
