// Opens every screen of the built page under the shell's content policy, in each theme and size; runs axe-core; and writes
// pictures. Usage: npm run screens -- [folder for pictures] [part of a screen's name]
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ROOMS } from "./rooms.mjs";
import { serve } from "./serve.mjs";

const [folder, only = ""] = process.argv.slice(2);
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const THEMES = ["light", "dark", "highContrast"];
const SIZES = { wide: { width: 1120, height: 760 }, narrow: { width: 360, height: 740 } };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PATIENCE_MS = 15_000;

const rooms = ROOMS.filter(({ name }) => name.includes(only));
if (folder) await mkdir(folder, { recursive: true });
const server = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
});
const problems = [];
let looked = 0;
try {
  const visits = THEMES.flatMap((theme) =>
    Object.keys(SIZES).flatMap((size) => rooms.map((room) => () => look(room, theme, size))),
  );
  const visitor = async () => {
    for (let visit = visits.shift(); visit; visit = visits.shift()) problems.push(...(await visit()));
  };
  await Promise.all([visitor(), visitor()]);
} finally {
  await browser.close();
  await server.close();
}
for (const problem of problems) console.error(problem);
console.log(`${looked} screens looked at, ${problems.length} problems`);
process.exitCode = problems.length === 0 && looked > 0 ? 0 : 1;

/** Opens one screen and gives back what is wrong with it. */
async function look(room, theme, size) {
  const label = `${room.name} (${theme}, ${size})`;
  const found = [];
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme: theme === "dark" ? "dark" : "light",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.on("pageerror", (failure) => found.push(`${label}: ${failure.message}`));
  page.on("console", (line) => line.type() === "error" && found.push(`${label}: ${line.text()}`));
  await page.addInitScript(asTheShellDoes);
  let at = "opening";
  const visit = async () => {
    await page.goto(`${server.address}/?scenario=${room.scenario}&theme=${theme}&latency=0#${room.path}`);
    at = "waiting for its words";
    await page.getByText(room.expect).first().waitFor();
    at = "acting";
    await room.act(page);
    at = "settling";
    await page.evaluate(settle);
    found.push(...(await page.evaluate(inspect)).map((problem) => `${label}: ${problem}`));
    at = "axe";
    await page.evaluate(AXE);
    const { violations } = await page.evaluate((rules) => window.axe.run({ runOnly: rules }), RULES);
    for (const { id, nodes } of violations) {
      for (const node of nodes) {
        found.push(`${label}: axe ${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`);
      }
    }
  };
  try {
    await within(PATIENCE_MS * 2, visit());
    looked += 1;
  } catch (failure) {
    found.push(`${label}: while ${at}: ${failure.message.split("\n")[0]}`);
  }
  if (folder) await page.screenshot({ path: join(folder, `${room.name}.${theme}.${size}.png`) });
  await context.close();
  return found;
}

/** The result of `work`, or a failure after `milliseconds`. */
function within(milliseconds, work) {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`took over ${milliseconds} ms`)), milliseconds);
    work.then(done, failed).finally(() => clearTimeout(timer));
  });
}

/** Runs before the page: what the shell does to it, and an ear for violations. */
function asTheShellDoes() {
  Object.freeze(Object.prototype);
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
}

/** Runs in the page: waits until what moves has arrived; what turns for ever is left to turn. */
function settle() {
  const passing = document
    .getAnimations()
    .filter((each) => each.playState === "running" && each.effect.getComputedTiming().endTime < 2_000);
  return Promise.all(passing.map((each) => each.finished.catch(() => null))).then(() => null);
}

/** Runs in the page: the content policy, the styles, the width. */
function inspect() {
  const found = window.violations.map((violation) => `content policy: ${violation}`);
  const main = document.querySelector("main");
  if (main.scrollWidth > main.clientWidth) {
    found.push(`content is ${main.scrollWidth - main.clientWidth}px too wide`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("the window scrolls sideways");
  const buttons = [...document.querySelectorAll("main button.fui-Button")];
  const plain = buttons.filter((button) => getComputedStyle(button).borderTopLeftRadius === "0px");
  if (plain.length > 0) found.push(`${plain.length} buttons are not styled`);
  const primary = buttons.find((button) => button.textContent === "Start practising");
  if (primary && getComputedStyle(primary).backgroundColor === "rgba(0, 0, 0, 0)") {
    found.push("the primary button is not styled");
  }
  return found;
}
