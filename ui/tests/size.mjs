// How much JavaScript the first screen needs: the entry, what it fetches, the chunk of the screen, and all that these import.
// Usage: npm run size (after npm run build)
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 160;
const DIST = process.env.UI_DIST ?? fileURLToPath(new URL("../dist", import.meta.url));
const assets = join(DIST, "assets");
const html = await readFile(join(DIST, "index.html"), "utf8");
const entry = html.match(/src="\/assets\/([^"]+)"/)[1];
const names = await readdir(assets);
// The entry waits for the first picture and then fetches this.
const main = names.find((name) => name.startsWith("main-"));

let over = false;
for (const screen of ["WelcomeScreen", "HomeScreen"]) {
  const chunk = names.find((name) => name.startsWith(`${screen}-`));
  const needed = await closure([entry, main, chunk]);
  let bytes = 0;
  for (const name of needed) bytes += gzipSync(await readFile(join(assets, name)), { level: 9 }).length;
  const kilobytes = bytes / 1024;
  over ||= kilobytes > BUDGET_KB;
  console.log(`${screen}: ${kilobytes.toFixed(1)} KB gzip in ${needed.size} files (budget ${BUDGET_KB} KB)`);
}
process.exitCode = over ? 1 : 0;

/** The files and all that they import at once; what they fetch later does not count. */
async function closure(first) {
  const seen = new Set(first);
  for (const name of seen) {
    const code = await readFile(join(assets, name), "utf8");
    for (const [, imported] of code.matchAll(
      /(?:^|[;}\s])(?:import|export)[^;()]*?from\s*["']\.\/([^"']+)["']/g,
    )) {
      seen.add(imported);
    }
    for (const [, imported] of code.matchAll(/(?:^|[;}\s])import\s*["']\.\/([^"']+)["']/g))
      seen.add(imported);
  }
  return seen;
}
