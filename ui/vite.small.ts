import type { Plugin } from "vite";

const TOKENS = /@fluentui\/tokens\/lib\/tokens\.js$/;

/**
 * Fluent's list of tokens is 30 KB, and in nearly every entry `name` is `var(--name)`. The page gets this rule instead, with
 * the few entries that break it.
 */
export function tokensByRule(): Plugin {
  return {
    name: "tokens-by-rule",
    apply: "build",
    transform(code, id) {
      if (!TOKENS.test(id)) return null;
      const tokens: Record<string, string> = new Function(code.replace("export const tokens =", "return"))();
      const strange = Object.entries(tokens).filter(([name, value]) => value !== `var(--${name})`);
      const exceptions = JSON.stringify(Object.fromEntries(strange));
      const rule = '{ get: (known, name) => known[name] ?? "var(--" + String(name) + ")" }';
      return { code: `export const tokens = new Proxy(${exceptions}, ${rule});`, map: null };
    },
  };
}

/**
 * Writes characters beyond ASCII as escapes. A web view keeps a script with a single curly quote in it at two bytes a
 * character, for as long as the window is open.
 */
export function plainAscii(): Plugin {
  return {
    name: "plain-ascii",
    apply: "build",
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        if (/\\[^\0-\x7f]/.test(file.code))
          this.error(`${file.fileName} has an escaped character beyond ASCII`);
        file.code = escaped(file.code);
      }
    },
  };
}

/** In minified code such characters stand in strings, templates and regular expressions only, where escapes mean the same. */
function escaped(code: string): string {
  return code.replace(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
