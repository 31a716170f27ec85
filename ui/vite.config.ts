import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { systemFonts } from "./vite.fonts";
import { plainAscii, tokensByRule } from "./vite.small";
import { themesByUse } from "./vite.themes";
import { wordsReadAtBuild } from "./vite.words";

// The web views that the app runs in: WebView2 (evergreen), WKWebView of macOS 13, WebKitGTK 2.44.
const WEB_VIEWS = ["chrome109", "safari16"];

const BASE =
  /node_modules\/(react|react-dom|scheduler|@griffel|rtl-css-js|stylis|keyborg|@tauri-apps|@tanstack\/(react-router|router-core|react-query|query-core|react-store|store|history)|@fluentui\/(react-provider|react-button|react-shared-contexts|react-jsx-runtime))\/|src\/(words\/(first|index|message|dates|roles|en\/(activity|common|home|shell|welcome))|backend\/(?!fake)|shell\/|theme\/(brand|fonts|light|useTheme)|components\/(Panel|Section|Screen|ErrorNote|StateWord|Waiting|Spinner|Door|textLink|EmptyState|announce|copyText)\.)/;

/** Of those packages, what only later rooms use. */
const LATER = /ToggleButton|useToggleState|useBlocker|use(Infinite)?Queries|queriesObserver/;

export default defineConfig({
  plugins: [react(), wordsReadAtBuild(), tokensByRule(), themesByUse(), systemFonts(), plainAscii()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    target: WEB_VIEWS,
    // Data addresses are for the icon only; everything else is a file of its own, so that the content security
    // policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What every screen needs comes in one file; it compresses better than twenty. What loads it must not be in it.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "preload", test: /vite\/preload-helper/, priority: 1 },
            { name: "base", test: (id) => BASE.test(id) && !LATER.test(id) },
          ],
        },
      },
    },
  },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/testing/words.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // A screen's tests wait half of their time: one more than the usual two cores, where Vitest would take one less.
    maxWorkers: 3,
  },
});
