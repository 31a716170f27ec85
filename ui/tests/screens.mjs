// Opens every screen of the built page under the shell's content policy, in each theme and size; runs axe-core; and writes
// pictures. Usage: npm run screens -- [folder for pictures] [pattern of screens' names]
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import {
  asTheShellDoes,
  asTheSystemSays,
  findBarriers,
  findCutWords,
  hasBackground,
  inspect,
  lengthen,
  settle,
  stands,
} from "./inPage.mjs";
import { ROOMS } from "./rooms.mjs";
import { serve } from "./serve.mjs";

const [folder, only = ""] = process.argv.slice(2);
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const THEMES = process.env.THEMES?.split(",") ?? ["dark", "highContrast", "light"];
/** By which a theme is known. */
const BACKGROUNDS = { dark: "#292929", highContrast: "#000000", light: "#ffffff" };
/** Without PICTURES=failed: every view is kept as a picture, not only the failed ones. */
const PICTURES = process.env.PICTURES !== "failed";
const SIZES = { wide: { width: 1120, height: 760 }, narrow: { width: 360, height: 740 } };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Of axe's rules, those that colours decide: a theme changes nothing else. */
const COLOURS = ["color-contrast", "link-in-text-block"];
/** So many screens are looked at side by side. */
const LANES = 3;
const PATIENCE_MS = 20_000;
/** What the page draws. Before it, index.html shows a first picture, whose words are no screen's. */
const WINDOW = "#root > .fui-FluentProvider";
const DRAWN = `${WINDOW}, [role=dialog], [role=alertdialog]`;

const rooms = ROOMS.filter(({ name }) => new RegExp(only).test(name));
if (folder) await mkdir(folder, { recursive: true });
const server = await serve(process.env.UI_DIST);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
});
let looked = 0;
let problems = 0;
try {
  const waiting = [...rooms];
  await Promise.all(Array.from({ length: LANES }, () => visitAll(waiting)));
} finally {
  await browser.close();
  await server.close();
}
console.log(`${looked} screens looked at, ${problems} problems`);
process.exitCode = problems === 0 && looked === rooms.length * THEMES.length * 2 && looked > 0 ? 0 : 1;

/**
 * Takes one room after the other, beside others who do the same. In a window of its own, since a page behind another is
 * drawn once a second; and on one page, since a new one would read the program anew.
 */
async function visitAll(waiting) {
  const context = await browser.newContext({
    colorScheme: "light",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript(asTheShellDoes);
  await context.addInitScript(asTheSystemSays);
  const page = await context.newPage();
  for (let room = waiting.shift(); room !== undefined; room = waiting.shift()) await visit(page, room);
  await context.close();
}

/** The same screen with all words 40 % longer: nothing may be cut. */
async function tryLongerWords(page, room, report) {
  await page.evaluate(lengthen);
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.evaluate(settle);
    if (folder && PICTURES) await page.screenshot({ path: join(folder, `${room.name}.longer.${size}.png`) });
    const found = [...(await page.evaluate(inspect)), ...(await page.evaluate(findCutWords))];
    for (const problem of found) report(`longer words, ${size}: ${problem}`);
  }
}

/** Opens one screen, and looks at it in each theme and size. */
async function visit(page, room) {
  let label = room.name;
  const report = (problem) => {
    problems += 1;
    console.error(`${label}: ${problem}`);
  };
  const hear = {
    pageerror: (failure) => report(failure.message),
    console: (line) => line.type() === "error" && report(line.text()),
  };
  for (const [event, heard] of Object.entries(hear)) page.on(event, heard);
  try {
    await page.setViewportSize(SIZES.wide);
    // Its name makes it another address: only then does the page begin anew.
    await page.goto(`${server.address}/?room=${room.name}&scenario=${room.scenario}&latency=0#${room.path}`);
    await page.locator(DRAWN).getByText(room.expect).first().waitFor();
    await room.act(page);
    await page.waitForFunction(stands);
    await page.evaluate(AXE);
    for (const theme of THEMES) {
      label = `${room.name} (${theme})`;
      await page.evaluate((wanted) => window.systemTurns(wanted), theme);
      await page.waitForFunction(hasBackground, [WINDOW, BACKGROUNDS[theme]]);
      await look(page, room, theme, (problem, where) => {
        label = `${room.name} (${theme}, ${where})`;
        report(problem);
      });
    }
    label = room.name;
    if (THEMES.includes("light")) await tryLongerWords(page, room, report);
  } catch (failure) {
    report(failure.message.split("\n")[0]);
    if (folder) await page.screenshot({ path: join(folder, `${room.name}.failed.png`) });
  }
  // What one screen kept must not be there on the next.
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  for (const [event, heard] of Object.entries(hear)) page.off(event, heard);
}

/** Looks at what stands there, in each size. */
async function look(page, room, theme, report) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.evaluate(settle);
    if (folder && PICTURES)
      await page.screenshot({ path: join(folder, `${room.name}.${theme}.${size}.png`) });
    for (const problem of await page.evaluate(inspect)) report(problem, size);
    const rules = theme === "light" ? RULES : COLOURS;
    for (const { id, nodes } of await page.evaluate(findBarriers, rules)) {
      for (const { html, failureSummary } of nodes)
        report(`axe ${id}: ${html.slice(0, 200)} ${failureSummary}`, size);
    }
    looked += 1;
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(settle);
  for (const problem of await page.evaluate(inspect)) report(problem, "320 px, as at 400 % zoom");
}
