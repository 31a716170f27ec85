import { describe, expect, it } from "vitest";
import { ago, countdown, dayAndDate, daysUntil, duration, shortDate } from "./dates";

// Local times on purpose: a day is a day on the person's own calendar.
const now = new Date(2026, 10, 20, 9, 41);
const at = (day: number, hour = 12, month = 10, year = 2026) => new Date(year, month, day, hour);

describe("dayAndDate", () => {
  it.each([
    [at(2, 12, 11), "in 12 days (2 Dec)"],
    [at(21, 1), "tomorrow (21 Nov)"],
    [at(20, 23), "today (20 Nov)"],
    [at(20, 0), "today (20 Nov)"],
    [at(19, 23), "yesterday (19 Nov)"],
    [at(17), "3 days ago (17 Nov)"],
    [at(20, 12, 10, 2027), "in 365 days (20 Nov 2027)"],
  ])("%s reads %s", (when, words) => {
    expect(dayAndDate(when, now)).toBe(words);
  });
});

describe("daysUntil", () => {
  it("counts calendar days, so that an hour more or less in spring and autumn changes nothing", () => {
    for (let day = 0; day < 800; day += 1) {
      const when = new Date(2026, 10, 20 + day, 3, 30);
      expect(daysUntil(when, now)).toBe(day);
    }
  });
});

describe("ago", () => {
  it.each([
    [new Date(now.getTime() - 5_000), "just now"],
    [new Date(now.getTime() - 60_000), "1 minute ago"],
    [new Date(now.getTime() - 46 * 60_000), "46 minutes ago"],
    [at(20, 8), "today at 08:00"],
    [at(18), "2 days ago (18 Nov)"],
  ])("%s reads %s", (when, words) => {
    expect(ago(when, now)).toBe(words);
  });

  it("reads a moment slightly ahead, from a clock that runs differently, as just now", () => {
    expect(ago(new Date(now.getTime() + 2_000), now)).toBe("just now");
  });
});

describe("short forms", () => {
  it("names the year only where it is another one", () => {
    expect(shortDate(at(2, 12, 11), now)).toBe("2 Dec");
    expect(shortDate(at(2, 12, 0, 2027), now)).toBe("2 Jan 2027");
  });

  it("counts down and never below zero", () => {
    expect(countdown(299.2)).toBe("5:00");
    expect(countdown(65)).toBe("1:05");
    expect(countdown(-3)).toBe("0:00");
  });

  it("says how long something took", () => {
    expect(duration(412)).toBe("0.4 s");
    expect(duration(12_400)).toBe("12 s");
    expect(duration(125_000)).toBe("2 min 5 s");
  });
});
