import { describe, expect, it } from "vitest";
import { choices, monthsLater } from "./answers/Lifetime";
import { lastPart, replaceLast, split, toggle } from "./severalAnswers";

describe("several answers in one text", () => {
  it("are told apart by commas", () => {
    expect(split(" a@x.example, ,b@x.example,")).toEqual(["a@x.example", "b@x.example"]);
  });

  it("are completed at the end", () => {
    expect(lastPart("a@x.example, maj")).toBe("maj");
    expect(replaceLast("a@x.example, maj", "maja@x.example")).toBe("a@x.example, maja@x.example");
    expect(replaceLast("maj", "maja@x.example")).toBe("maja@x.example");
  });

  it("are added once and taken away whole", () => {
    expect(toggle("a.example", "b.example", true)).toBe("a.example, b.example");
    expect(toggle("a.example, b.example", "b.example", true)).toBe("a.example, b.example");
    expect(toggle("a.example, b.example", "a.example", false)).toBe("b.example");
  });
});

describe("the life of a secret", () => {
  it("offers the usual lives, the suggested and the chosen one, each once", () => {
    expect(choices(12, 12)).toEqual([6, 12, 24]);
    expect(choices(18, 3)).toEqual([3, 6, 12, 18, 24]);
  });

  it("ends on the same day of the month, or the last one", () => {
    const day = (text: string, months: number) =>
      monthsLater(new Date(text), months).toISOString().slice(0, 10);
    expect(day("2026-11-20T09:00:00Z", 12)).toBe("2027-11-20");
    expect(day("2026-08-31T09:00:00Z", 6)).toBe("2027-02-28");
    expect(day("2027-08-31T09:00:00Z", 6)).toBe("2028-02-29");
  });
});
