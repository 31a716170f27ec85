import { describe, expect, it } from "vitest";
import { gridMove, nextByName } from "./gridKeys";
import { windowsOf } from "./useRows";
import { EVERYTHING, isNarrowed, sorted, toggled } from "./view";

const key = (name: string, more: Partial<KeyboardEvent> = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

describe("the keys of the list", () => {
  it.each([
    ["ArrowDown", 5, 6],
    ["ArrowUp", 5, 4],
    ["ArrowUp", 0, 0],
    ["ArrowDown", 49_999, 49_999],
    ["PageDown", 5, 15],
    ["PageUp", 5, 0],
    ["Home", 30_000, 0],
    ["End", 5, 49_999],
  ])("%s goes from row %i to row %i of 50,000", (name, from, to) => {
    expect(gridMove(key(name), from, 50_000, 10)).toEqual({ kind: "go", to, choosing: false });
  });

  it("choose with Space, and with Shift while moving", () => {
    expect(gridMove(key(" "), 1, 9, 3)).toEqual({ kind: "choose" });
    expect(gridMove(key("ArrowDown", { shiftKey: true }), 1, 9, 3)).toMatchObject({ choosing: true });
    expect(gridMove(key("a", { ctrlKey: true }), 1, 9, 3)).toEqual({ kind: "chooseAll" });
  });

  it("leave the window's own keys alone", () => {
    for (const each of [
      key("Tab"),
      key("F5"),
      key("Escape"),
      key("c", { ctrlKey: true }),
      key("x", { altKey: true }),
    ])
      expect(gridMove(each, 1, 9, 3)).toBeNull();
  });
});

describe("typing a name", () => {
  const names = new Map([
    [0, "Payroll"],
    [3, "parcel"],
    [7, "Print"],
    [9, "Room"],
  ]);

  it("goes to the next that begins so, and around", () => {
    expect(nextByName(names, "p", 0)).toBe(3);
    expect(nextByName(names, "pp", 3)).toBe(7);
    expect(nextByName(names, "p", 7)).toBe(0);
  });

  it("stays while more letters still fit", () => {
    expect(nextByName(names, "pa", 3)).toBe(3);
    expect(nextByName(names, "pr", 3)).toBe(7);
    expect(nextByName(names, "zz", 3)).toBeNull();
  });
});

describe("windows", () => {
  it("are asked for only where one looks", () => {
    expect(windowsOf(0, 15)).toEqual([0]);
    expect(windowsOf(95, 110)).toEqual([50, 100]);
    expect(windowsOf(49_990, 49_999)).toEqual([49_950]);
  });
});

describe("a view", () => {
  it("takes a value in and out, and turns an order around", () => {
    const narrowed = toggled(EVERYTHING, { facet: "ends", value: "30" });
    expect(isNarrowed(narrowed)).toBe(true);
    expect(toggled(narrowed, { facet: "ends", value: "30" })).toEqual(EVERYTHING);
    expect(sorted(EVERYTHING, "name")).toMatchObject({ sort: "name", descending: false });
    expect(sorted(sorted(EVERYTHING, "name"), "name")).toMatchObject({ descending: true });
  });
});
