import { describe, expect, it } from "vitest";
import { speaker, type Values } from "./message";
import { read } from "./read";

const say = (source: string, values: Values = {}, language = "en") => speaker(language)(read(source), values);

describe("a message", () => {
  it("is its text, with ICU's quotes taken off", () => {
    expect(say("It's here")).toBe("It's here");
    expect(say("Write '{'name'}'")).toBe("Write {name}");
  });

  it("takes values as they are, whatever is in them", () => {
    expect(say("Signed in as {name}", { name: "{Ann} <b> #" })).toBe("Signed in as {Ann} <b> #");
    expect(say("{count} of {all}", { count: 1200, all: 50_000 })).toBe("1200 of 50000");
  });

  it("writes numbers in the language's digits", () => {
    expect(say("{count, number} apps", { count: 50_000 })).toBe("50,000 apps");
    expect(say("{count, number}", { count: 50_000 }, "de")).toBe("50.000");
  });

  it("chooses by number: exactly, then by the language's rule", () => {
    const source = "{count, plural, =0 {none} one {# app} other {# apps}}";
    expect([0, 1, 2, 1500].map((count) => say(source, { count }))).toEqual([
      "none",
      "1 app",
      "2 apps",
      "1,500 apps",
    ]);
    const polish = "{n, plural, one {plik} few {pliki} many {plików} other {pliku}}";
    expect([1, 3, 5, 1.5].map((n) => say(polish, { n }, "pl"))).toEqual(["plik", "pliki", "plików", "pliku"]);
  });

  it("chooses by name, and counts within", () => {
    const source =
      "{way, select, ahead {fast by {n, plural, one {# minute} other {# minutes}}} other {slow}}";
    expect(say(source, { way: "ahead", n: 1 })).toBe("fast by 1 minute");
    expect(say(source, { way: "behind", n: 1 })).toBe("slow");
  });

  it("counts with the innermost number", () => {
    const source = "{a, plural, other {# and {b, plural, other {#}}}}";
    expect(say(source, { a: 2, b: 3 })).toBe("2 and 3");
  });

  it("is not said without a value that it needs", () => {
    expect(() => say("Hello {name}")).toThrow("name");
  });

  it("is refused in a form that the window does not speak", () => {
    for (const source of ["{at, date}", "{n, number, percent}", "{n, selectordinal, other {#}}", "<b>x</b>"])
      expect(() => read(source)).toThrow("does not speak");
    expect(() => read("{n, plural, one {")).toThrow();
  });
});
