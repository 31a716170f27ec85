// Goes through the window with the keyboard alone: every stop must be visible, and dialogs must keep and return the focus.
// Usage: npm run keyboard (after npm run build)
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { asTheShellDoes } from "./inPage.mjs";
import { serve } from "./serve.mjs";

const server = await serve(process.env.UI_DIST);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  await journey("from Welcome to the plan of the own registration", "fresh", "/welcome", async (page) => {
    await page.getByText("Start practising").waitFor();
    await tabTo(page, "Start practising");
    await page.keyboard.press("Enter");
    await page.getByText("Who do you want to be?").waitFor();
    await page.getByText("Which organisation?").waitFor();
    await tabTo(page, "Sign in to practise");
    await page.keyboard.press("Enter");
    await page.getByText("Gatehouse’s own app registration").first().waitFor();
  });
  await journey("another person, with the arrow keys", "signedOut", "/sign-in", async (page) => {
    await page.getByText("Who do you want to be?").waitFor();
    await tabTo(page, "Anna Berg");
    await page.keyboard.press("ArrowDown");
    assert.match(await focused(page), /Karim Haddad/);
    await tabTo(page, "Sign in to practise");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Karim Haddad/ }).waitFor();
  });
  await journey(
    "the account menu opens, closes, and gives the focus back",
    "practice",
    "/home",
    async (page) => {
      await page.getByText("What is connected").waitFor();
      await tabTo(page, "Anna Berg Global Administrator");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      assert.match(await focused(page), /Maja Lind/);
      await page.keyboard.press("Escape");
      assert.match(await focused(page), /^Anna Berg/);
      assert.equal(await page.getByText("See all accounts").count(), 0);
    },
  );
  await journey(
    "a dialog keeps the focus and gives it back",
    "practice",
    "/account/signed-in",
    async (page) => {
      await page.getByText("In use now").waitFor();
      await tabTo(page, "Sign out Anna Berg");
      await page.keyboard.press("Enter");
      await page.getByRole("alertdialog").waitFor();
      await page.waitForFunction(() => document.activeElement.closest("[role=alertdialog]") !== null);
      for (let press = 0; press < 6; press += 1) {
        await page.keyboard.press("Tab");
        const inside = await page.evaluate(
          () => document.activeElement.closest("[role=alertdialog]") !== null,
        );
        assert.ok(inside, "the focus left the dialog");
      }
      await page.keyboard.press("Escape");
      await page.getByRole("alertdialog").waitFor({ state: "detached" });
      await page.waitForFunction(() => document.activeElement !== document.body);
      assert.match(await focused(page), /Sign out Anna Berg/);
    },
  );
  await journey(
    "a group is chosen for the mailboxes, and leads to the plan",
    "practice",
    "/apps/5f2b8c1e-7a4d-4b0e-9c38-000000000001#mailboxes",
    async (page) => {
      await page.getByText("Reaches everybody").waitFor();
      await tabTo(page, "Change");
      await page.keyboard.press("Enter");
      await page.getByText("Whose mailboxes shall it reach?").waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.type("totalview");
      await page.getByRole("option", { name: /Totalview people/ }).waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByText("Totalview people: 14 members").waitFor();
      await tabTo(page, "See the plan");
      await page.keyboard.press("Enter");
      await page.getByText("Limit whose mailboxes an app reaches").waitFor();
    },
  );
  await journey("through 50,000 apps to the last one, and into it", "many", "/apps", async (page) => {
    await page.getByText("Old telephone system").waitFor();
    await tabTo(page, "147days ago");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.getByText("1 app chosen").waitFor();
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-rowindex") === "50001");
    await page.evaluate(assertSeen);
    // Until its words are here, the row cannot be opened.
    await page.waitForFunction(() => document.activeElement.innerText.trim().length > 10);
    await page.keyboard.press("Enter");
    await page.getByText("Secrets and certificates").waitFor();
  });
  await journey("from end to end on the timeline", "practice", "/timeline", async (page) => {
    await page.getByText("33 secrets and certificates").waitFor();
    await tabTo(page, "What ends when");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByText("Secrets and certificates").waitFor();
  });
  await journey(
    "a panel below a button folds with Escape and gives the focus back",
    "practice",
    "/apps",
    async (page) => {
      await page.getByText("Old telephone system").waitFor();
      await tabTo(page, "Filter");
      await page.keyboard.press("Enter");
      await page.getByText("Show only").waitFor();
      await page.keyboard.press("Tab");
      await page.evaluate(assertSeen);
      await page.keyboard.press("Escape");
      assert.equal(await focused(page), "Filter");
      assert.equal(await page.getByText("Show only").count(), 0);
    },
  );
  await journey(
    "connecting the own account, up to what works",
    "personal",
    "/account/connect",
    async (page) => {
      await page.getByText("What shall it do for you?").waitFor();
      await tabTo(page, "Calendar");
      await page.keyboard.press("Space");
      await tabTo(page, "Only look");
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(page), "Look and change");
      await tabTo(page, "Next");
      await page.keyboard.press("Enter");
      await page.getByText("Which product?").waitFor();
      await tabTo(page, "Name of the product");
      await page.keyboard.type("Totalview");
      await page.keyboard.press("Tab");
      await page.keyboard.type("7c1d4b90-52aa-4c0e-9a53-0d8f6f1f2b31");
      await page.keyboard.press("Enter");
      await page.getByText("Which kind of account?").waitFor();
      await tabTo(page, "Next");
      await page.keyboard.press("Enter");
      await page.getByText("Microsoft adds this each time").waitFor();
      await tabTo(page, "Go to the practice page");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Totalview is connected" }).waitFor();
      await tabTo(page, "Go to the connection");
      await page.keyboard.press("Enter");
      await tabTo(page, "Disconnect");
      await page.keyboard.press("Enter");
      await page.getByRole("alertdialog").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("alertdialog").waitFor({ state: "detached" });
      await page.waitForFunction(() => document.activeElement?.textContent === "Disconnect");
    },
  );
  await journey("straight to the content", "practice", "/home", async (page) => {
    await page.getByText("What is connected").waitFor();
    await page.evaluate(() => document.activeElement.blur());
    await tabTo(page, "Skip to the content");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  });
} finally {
  await browser.close();
  await server.close();
}

async function journey(name, scenario, path, walk) {
  const context = await browser.newContext({
    viewport: { width: 1120, height: 760 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.addInitScript(asTheShellDoes);
  await page.goto(`${server.address}/?scenario=${scenario}&latency=0#${path}`);
  await walk(page);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  await context.close();
  console.log(`ok: ${name}`);
}

/** The name of what has the focus. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === document.body) return "";
    const words =
      element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
    return words.replace(/\s+/g, " ").trim();
  });
}

/** Presses Tab until `name` has the focus; every stop on the way must be seen to have it. */
async function tabTo(page, name) {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press("Tab");
    await page.evaluate(assertSeen);
    if ((await focused(page)).startsWith(name)) return;
  }
  assert.fail(`${name} was not reached in 60 steps`);
}

/** In the page: what has the focus lies inside the window, uncovered, and shows it. */
function assertSeen() {
  const element = document.activeElement;
  // A heading that was given the focus so that it is read out is no stop of the Tab key.
  if (element.tabIndex < 0) return;
  if (element === document.body || element.dataset.tabsterDummy !== undefined) return;
  const name = element.textContent || element.getAttribute("aria-label") || element.tagName;
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight)
    throw new Error(`${name}: focused outside the window`);
  const top = document.elementFromPoint(x, y);
  if (!(element.contains(top) || top?.contains(element))) throw new Error(`${name}: focused but covered`);
  const shows = [element, ...element.children, element.parentElement].some((each) =>
    ["", "::after", "::before"].some((pseudo) => {
      const style = getComputedStyle(each, pseudo || null);
      return style.outlineStyle !== "none" || style.boxShadow !== "none";
    }),
  );
  if (!shows) throw new Error(`${name}: focus cannot be seen`);
}
