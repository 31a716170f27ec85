import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { first } from "./first";
import { t, type WordKey } from "./index";
import { pseudo } from "./pseudo";
import { rest } from "./rest";

const SOURCE = join(import.meta.dirname, "..");
const en = { ...first, ...rest };
const keys = Object.keys(en) as WordKey[];
const entries = Object.entries<string>(en);

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes("words/en") && !path.endsWith(".test.ts"))
    .map((path) => readFileSync(join(folder, path), "utf8"));
}

/** `t(`account.${state}`)` uses every key that begins with "account." and goes on with one word. */
function isUsed(key: string, code: string): boolean {
  const lastDot = key.lastIndexOf(".");
  const stem = key.slice(0, lastDot + 1);
  return code.includes(`"${key}"`) || code.includes(`\`${stem}\${`);
}

/** The files and all of our own files that they import at once. */
function imported(roots: string[]): Set<string> {
  const seen = new Set(roots);
  for (const path of seen) {
    for (const [, target = ""] of readFileSync(path, "utf8").matchAll(
      /^(?:import|export) [^;]*?from "(\.[^"]+)"/gms,
    )) {
      const base = join(dirname(path), target);
      const file = [`${base}.tsx`, `${base}.ts`, join(base, "index.ts")].find((each) => existsSync(each));
      if (file !== undefined && !file.includes("/words/")) seen.add(file);
    }
  }
  return seen;
}

describe("the catalogue", () => {
  it("holds no key that nothing uses", () => {
    const code = sources(SOURCE).join("\n");
    expect(keys.filter((key) => !isUsed(key, code))).toEqual([]);
  });

  it("holds only messages that can be read", () => {
    const unreadable = entries.filter(([, message]) => {
      try {
        return parse(message).length === 0;
      } catch {
        return true;
      }
    });
    expect(unreadable).toEqual([]);
  });

  it("neither blames nor begs, and uses no jargon of ours", () => {
    const forbidden =
      /\b(please|invalid|illegal|oops|sorry|you must|failed to|abort|fatal|null|undefined)\b/i;
    expect(entries.filter(([, message]) => forbidden.test(message))).toEqual([]);
  });

  it("leaves counting to the message, never to code", () => {
    const counted = sources(SOURCE).filter((code) => /(===|!==|==)\s*1\s*\?/.test(code));
    expect(counted).toEqual([]);
  });
});

describe("t", () => {
  it("counts", () => {
    expect(t("home.title", { count: 0 })).toBe("Nothing needs you right now");
    expect(t("home.title", { count: 1 })).toBe("1 thing needs you");
    expect(t("home.title", { count: 11 })).toBe("11 things need you");
  });

  it("puts values in as they are", () => {
    expect(t("signIn.signedIn", { name: "{Ann} <b>" })).toBe("Signed in as {Ann} <b>");
  });
});

describe("the first load", () => {
  it("says nothing whose words come later", () => {
    const roots = ["App.tsx", "screens/welcome/WelcomeScreen.tsx", "screens/home/HomeScreen.tsx"];
    const later = new Set(Object.keys(rest));
    const used = [...imported(roots.map((path) => join(SOURCE, path)))].flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/"([a-z]\w*\.[\w.]+)"/gi)]
        .map(([, key = ""]) => key)
        .filter((key) => later.has(key)),
    );
    expect(used).toEqual([]);
  });
});

describe("the first picture", () => {
  it("says the same words as Welcome, which replaces it", () => {
    const html = readFileSync(join(SOURCE, "../index.html"), "utf8");
    expect(html).toContain(`<h1>${t("welcome.title")}</h1>`);
    expect(html).toContain(`<p>${t("shell.sentence")}</p>`);
  });

  it("has one inline style element and no inline script, handler or style attribute", () => {
    const html = readFileSync(join(SOURCE, "../index.html"), "utf8");
    expect(html.match(/<style>/g)).toHaveLength(1);
    expect(html).not.toMatch(/ style=| on[a-z]+=|<script(?![^>]*src=)/);
  });
});

describe("pseudo words", () => {
  it("are longer, bracketed, and not the same", () => {
    const words = pseudo("Sign in");
    expect(words).toMatch(/^\[.*]$/);
    expect(words.length).toBeGreaterThanOrEqual("Sign in".length * 1.4);
    expect(words).not.toContain("Sign in");
  });
});
