import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { TimelineDay } from "../../contract/types";
import { open, press } from "../../testing/open";
import { dateOf, mondayOf, monthsIn, numberOf } from "./calendar";
import { layOut, namesOf } from "./layout";
import { clamp, zoomBy, zoomOf, zoomTo } from "./range";

const FROM = numberOf("2026-10-21");
const WHOLE = { from: FROM, days: 730 };
const TODAY = numberOf("2026-11-20");

function day(date: string, count: number): TimelineDay {
  return {
    date,
    days: numberOf(date) - TODAY,
    count,
    ends: Array.from({ length: Math.min(20, count) }, (_, index) => ({
      appId: `app-${date}-${index}`,
      appName: `App ${index}`,
      keyId: `key-${date}-${index}`,
      kind: "secret" as const,
      name: "",
      at: `${date}T12:00:00Z`,
      connectionId: null,
    })),
  };
}

describe("the calendar", () => {
  it("counts days without hours or zones", () => {
    expect(numberOf("2027-03-29") - numberOf("2027-03-27")).toBe(2);
    expect(dateOf(numberOf("2028-02-28") + 1)).toBe("2028-02-29");
    expect(dateOf(mondayOf(numberOf("2026-11-20")))).toBe("2026-11-16");
    expect(monthsIn(FROM, FROM + 730)).toHaveLength(25);
  });
});

describe("the picture", () => {
  it("moves dots up where others are in the way; none lies on another", () => {
    const days = Array.from({ length: 40 }, (_, index) => day(dateOf(TODAY + index), (index % 3) + 1));
    const { stops, pitch } = layOut(days, zoomTo(WHOLE, WHOLE, TODAY, 3), 848, 212);
    const dots = stops.flatMap(({ x, dots }) => (dots ?? []).map(({ level }) => ({ x, level })));
    expect(dots.length).toBeGreaterThan(60);
    for (const [index, one] of dots.entries())
      for (const other of dots.slice(index + 1))
        if (one.level === other.level) expect(Math.abs(one.x - other.x)).toBeGreaterThanOrEqual(pitch);
  });

  it("shows thousands on one day as one stack with its number, beside the dots of others", () => {
    const { stops } = layOut([day("2026-12-02", 4_000), day("2027-05-01", 1)], WHOLE, 848, 212);
    expect(stops.map(({ count, dots }) => [count, dots?.length ?? null])).toEqual([
      [4_000, null],
      [1, 1],
    ]);
  });

  it("puts very many days together by the month, and by the week when one looks closer", () => {
    const days = Array.from({ length: 700 }, (_, index) => day(dateOf(TODAY + index), 60));
    const far = layOut(days, WHOLE, 848, 212);
    expect(far.stops).toHaveLength(24);
    expect(far.stops.reduce((sum, { count }) => sum + count, 0)).toBe(700 * 60);
    const near = layOut(days, zoomTo(WHOLE, WHOLE, TODAY, 3), 848, 212);
    expect(near.stops.every(({ from, until }) => until - from === 7)).toBe(true);
  });

  it("writes names only where they do not touch, the pressing ones first", () => {
    const days = Array.from({ length: 30 }, (_, index) => day(dateOf(TODAY + index * 3), 1));
    const names = namesOf(layOut(days, WHOLE, 848, 212), 848);
    expect(names.length).toBeGreaterThan(3);
    expect(names[0]?.near).toBe(true);
    expect(new Set(names.map(({ key }) => key)).size).toBe(names.length);
  });
});

describe("looking closer", () => {
  it("keeps the day under the pointer where it is", () => {
    const at = FROM + 400;
    const closer = zoomBy(WHOLE, WHOLE, 0.5, at);
    expect((at - closer.from) / closer.days).toBeCloseTo(400 / 730);
    expect(closer.days).toBe(365);
  });

  it("never leaves the two years, nor goes closer than a month", () => {
    expect(clamp({ from: FROM - 900, days: 5 }, WHOLE)).toEqual({ from: FROM, days: 30 });
    expect(clamp({ from: FROM + 9_000, days: 365 }, WHOLE)).toEqual({ from: FROM + 365, days: 365 });
    expect(zoomBy(WHOLE, WHOLE, 2, FROM)).toEqual(WHOLE);
  });

  it("knows which button stands for what is in view", () => {
    expect(zoomOf(WHOLE, WHOLE)).toBe(24);
    expect(zoomOf(zoomTo(WHOLE, WHOLE, TODAY, 6), WHOLE)).toBe(6);
    expect(zoomOf({ from: FROM, days: 250 }, WHOLE)).toBeNull();
  });
});

describe("the timeline", () => {
  it("goes from end to end with the keys, and opens an app with Enter", async () => {
    const { router } = await open("/timeline", "practice");
    const box = await screen.findByRole("listbox", { name: "What ends when" });
    fireEvent.keyDown(box, { key: "Home" });
    fireEvent.keyDown(box, { key: "ArrowRight" });
    const active = () => document.getElementById(box.getAttribute("aria-activedescendant") ?? "");
    await waitFor(() =>
      expect(active()?.getAttribute("aria-label")).toMatch(/^20 November 2026, today: 1 ends\. Expense/),
    );
    fireEvent.keyDown(box, { key: "Enter" });
    await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/apps\/.+05$/));
  });

  it("lists several that end on one day, each with the way to renew it", async () => {
    await open("/timeline", "practice");
    const stop = await screen.findByRole("option", { name: /^13 June 2027/ });
    fireEvent.click(stop);
    const list = await screen.findByRole("region", { name: /^13 June 2027 \(in 205 days\)$/ });
    expect(within(list).getAllByRole("listitem")).toHaveLength(3);
    expect(document.activeElement?.textContent).toMatch(/^13 June 2027/);
  });

  it("says the same as a table", async () => {
    await open("/timeline", "practice");
    await press("Table");
    const table = await screen.findByRole("table", { name: "What ends when" });
    expect(within(table).getAllByRole("row").length).toBeGreaterThan(30);
    within(table).getByRole("link", { name: "Expense approvals" });
  });
});
