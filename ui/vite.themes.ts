import { type Plugin, runnerImport } from "vite";
import { systemFonts } from "./vite.fonts";

const THEME = /\/src\/theme\/(light|dark|highContrast)\.ts$/;
const PLACE = /globalThis\[(["'`])@theme:(\w+)@\1\]/g;

/**
 * Puts the finished colours into the page instead of the rules that make them, and only the tokens that something in the page
 * mentions: a theme of Fluent has 450, and every one would become a custom property of the document.
 */
export function themesByUse(): Plugin {
  const themes = new Map<string, Record<string, unknown>>();
  return {
    name: "themes-by-use",
    apply: "build",
    async load(id) {
      const [, name] = id.match(THEME) ?? [];
      if (name === undefined) return null;
      const { module } = await runnerImport<Record<string, Record<string, unknown>>>(id, {
        plugins: [systemFonts()],
      });
      const theme = module[name];
      if (theme === undefined) this.error(`${id} does not export its colours`);
      const [empty] = Object.entries(theme).find(([, value]) => value === undefined) ?? [];
      if (empty !== undefined) this.error(`${name}: ${empty} says nothing`);
      themes.set(name, theme);
      return `export const ${name} = globalThis["@theme:${name}@"];`;
    },
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const mentioned = new Set(chunks.flatMap(({ code }) => code.match(/[A-Za-z]\w+/g) ?? []));
      for (const chunk of chunks) {
        chunk.code = chunk.code.replace(PLACE, (_place, _quote, name: string) => {
          const used = Object.entries(themes.get(name) ?? {}).filter(([token]) => mentioned.has(token));
          if (used.length < 50) this.error(`${name}: hardly any of its tokens are in use`);
          return `(${JSON.stringify(Object.fromEntries(used))})`;
        });
      }
    },
  };
}
