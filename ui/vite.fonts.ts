import type { Plugin } from "vite";

/**
 * What text is drawn with, by the system that the page is built for: Segoe on Windows, also where the system's own letters are
 * made for another script; elsewhere what the system reads best with. On Linux nothing else is named: each family that is not
 * there is searched for in all fonts, again for every size and weight, and that was a third of a room's first opening.
 */
function fontsFor(platform: NodeJS.Platform) {
  return platform === "linux"
    ? { text: "system-ui, sans-serif", mono: "monospace" }
    : {
        text: '"Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, sans-serif',
        mono: '"Cascadia Mono", Consolas, ui-monospace, monospace',
      };
}

/** Said in index.html for its first picture. */
const FIRST_PICTURE = "system-ui, sans-serif;";

/** Writes them into the first picture, and into `src/theme/fonts.ts` for the rest. */
export function systemFonts(): Plugin {
  const { text, mono } = fontsFor(process.platform);
  return {
    name: "system-fonts",
    config: () => ({
      define: {
        TEXT_FONT: JSON.stringify(text),
        MONO_FONT: JSON.stringify(mono),
      },
    }),
    transformIndexHtml: {
      order: "pre",
      handler(html) {
        if (!html.includes(FIRST_PICTURE)) throw new Error(`index.html does not say ${FIRST_PICTURE}`);
        return html.replace(FIRST_PICTURE, `${text};`);
      },
    },
  };
}
