import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The web views that the app runs in: WebView2 (evergreen), WKWebView of macOS 13, WebKitGTK 2.44.
const WEB_VIEWS = ["chrome109", "safari16"];

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    target: WEB_VIEWS,
    // Data addresses are for the icon only; everything else is a file of its own, so that the content security
    // policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
