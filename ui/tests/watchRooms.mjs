// Apps and secrets: the inventory, what needs attention, the timeline, renewing, reminders.
const button = (page, name) => page.getByRole("button", { name, exact: true });
const app = (number, part = "") => `/apps/5f2b8c1e-7a4d-4b0e-9c38-${String(number).padStart(12, "0")}${part}`;
const FIRST = "Old telephone system";

async function handOn(page, text) {
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "hand-on.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByText("Close the file").waitFor();
}

export const WATCH_ROOMS = [
  ["apps", "practice", "/apps", FIRST],
  [
    "apps-chosen",
    "practice",
    "/apps",
    FIRST,
    async (page) => {
      await page.getByLabel(`Choose ${FIRST}`).check();
      await page.getByText("1 app chosen").waitFor();
      await page.getByLabel("Choose all that are shown").click();
      await page.getByText("40 apps chosen").waitFor();
      await page.getByText("Remove 2 that ended").waitFor();
    },
  ],
  [
    "apps-add-owner",
    "practice",
    "/apps",
    FIRST,
    async (page) => {
      await page.getByLabel(`Choose ${FIRST}`).check();
      await page.getByLabel("Choose Visitor screens").check();
      await button(page, "Add an owner").click();
      await page.getByText("2 apps that you chose").waitFor();
    },
  ],
  [
    "apps-chosen-save",
    "practice",
    "/apps",
    FIRST,
    async (page) => {
      await page.getByLabel(`Choose ${FIRST}`).check();
      await button(page, "Save these").click();
      await button(page, "As JSON").click();
      await page
        .getByText(/^Saved as/)
        .first()
        .waitFor();
      await button(page, "Save these").click();
    },
  ],
  [
    "apps-filter",
    "practice",
    "/apps",
    FIRST,
    async (page) => {
      await page.getByRole("button", { name: "30 days 4" }).click();
      await button(page, "Filter").click();
      await page.getByText("Show only").waitFor();
    },
  ],
  [
    "apps-columns",
    "practice",
    "/apps",
    FIRST,
    async (page) => {
      await button(page, "Columns").click();
      await page.getByLabel("Kind").check();
      await page.getByRole("columnheader", { name: "Kind" }).waitFor();
    },
  ],
  [
    "apps-none",
    "practice",
    "/apps",
    FIRST,
    async (page) => {
      await page.getByRole("searchbox").fill("zzz");
      await page.getByText("Take all filters away").waitFor();
    },
  ],
  ["apps-long", "long", "/apps", FIRST, async (page) => page.getByRole("searchbox").fill("sicherungs")],
  ["apps-never", "neverRead", "/apps", "Nobody has looked yet"],
  ["apps-reading", "reading", "/apps", "Reading the organisation: 24 apps so far."],
  ["apps-held", "held", "/apps", "many are reading at once"],
  ["apps-stale", "stale", "/apps", "What you see is from"],
  ["apps-empty", "bare", "/apps", "There are no apps yet"],
  ["apps-broken", "broken", "/apps", "There is no connection."],
  [
    "apps-many",
    "many",
    "/apps",
    "50,000 apps",
    async (page) => {
      await page.evaluate(() => {
        document.getElementById("main").scrollTop = 1_400_000;
      });
      await page.locator('[data-row="25000"]').waitFor();
      const nodes = await page.locator("[role=grid] *").count();
      if (nodes > 250) throw new Error(`the list draws ${nodes} nodes`);
    },
  ],
  ["app-secrets", "practice", app(1), "Secret “prod-1”"],
  ["app-secrets-none", "practice", app(17), "This app has no secret and no certificate."],
  ["app-secrets-long", "practice", app(35), "very-seriously"],
  ["app-renew", "practice", app(2, "#renew-77aa0000-0000-4000-8000-000000000020"), "What takes its place?"],
  [
    "app-renew-own",
    "practice",
    app(3, "#renew-77aa0000-0000-4000-8000-000000000030"),
    "What takes its place?",
    async (page) => page.getByText("A certificate of mine").click(),
  ],
  ["app-owner", "practice", app(4, "#owners"), "Who shall own it?"],
  [
    "app-match",
    "practice",
    app(0),
    "Which secret is this?",
    async (page) => {
      await button(page, "Which secret is this?").click();
      await page.getByLabel("The secret", { exact: true }).fill("Q7x8Q~something");
      await button(page, "Compare").click();
      await page.getByText("It is this one").waitFor();
    },
  ],
  ["app-people", "practice", app(1, "#people"), "olga.petrova@fjordvik.example"],
  [
    "app-people-chosen",
    "practice",
    app(1, "#people"),
    "olga.petrova@fjordvik.example",
    async (page) => {
      await page.getByLabel("Choose Olga Petrova").check();
      await page.getByLabel("Show Microsoft’s names").check();
      await page.getByText("1 person chosen").waitFor();
    },
  ],
  [
    "app-people-search",
    "practice",
    app(1, "#people"),
    "olga.petrova@fjordvik.example",
    async (page) => {
      await page.getByRole("searchbox").fill("zzz");
      await page.getByText("Nobody fits").first().waitFor();
    },
  ],
  ["app-people-long", "long", app(1, "#people"), "Maximiliane-Theodora"],
  ["app-people-none", "bare", app(1, "#people"), "Nobody has let this app act for them"],
  ["app-people-broken", "broken", app(1, "#people"), "There is no connection."],
  [
    "app-people-many",
    "many",
    app(1, "#people"),
    "There are more than these 999",
    async (page) => {
      await page.getByText("Colleague 0001").waitFor();
      await page.evaluate(() => {
        document.getElementById("main").scrollTop = 30_000;
      });
      await page
        .getByText(/Colleague 0[34]\d\d/)
        .first()
        .waitFor();
      const nodes = await page.locator("[data-people] *").count();
      if (nodes > 700) throw new Error(`the list draws ${nodes} nodes`);
    },
  ],
  [
    "plan-take-back",
    "practice",
    app(1, "#people"),
    "olga.petrova@fjordvik.example",
    async (page) => {
      await page.getByLabel("Choose Anna Berg").check();
      await page.getByLabel("Choose Olga Petrova").check();
      await button(page, "Take back").click();
      await page.getByText("It does not stop at once").waitFor();
    },
  ],
  ["attention", "practice", "/attention", "Ends soon"],
  [
    "attention-search",
    "practice",
    "/attention",
    "Ends soon",
    async (page) => {
      await page.getByRole("searchbox").fill("mail");
      await page.getByText("Backup of mail reaches every mailbox.").waitFor();
    },
  ],
  [
    "attention-ignore",
    "practice",
    "/attention",
    "Ends soon",
    async (page) => {
      await page
        .getByRole("button", { name: /^Do not show: / })
        .first()
        .click();
      await page.getByRole("radio", { name: "Until a day" }).check();
    },
  ],
  [
    "attention-ignored",
    "practice",
    "/attention",
    "Ends soon",
    async (page) => {
      await page
        .getByRole("button", { name: /^Do not show: / })
        .first()
        .click();
      await page
        .getByRole("textbox", { name: /Why is this all right/ })
        .fill("The vendor replaces it in March.");
      await page.getByRole("alertdialog").getByRole("button", { name: "Do not show" }).click();
      await page.getByText("With 1 that you chose not to see").click();
      await page.getByText(/The vendor replaces it in March/).waitFor();
    },
  ],
  ["attention-never", "neverRead", "/attention", "Nobody has looked yet"],
  ["timeline", "practice", "/timeline", "33 secrets and certificates"],
  [
    "timeline-day",
    "practice",
    "/timeline",
    "33 secrets and certificates",
    async (page) => {
      await page.getByRole("option", { name: /13 June 2027/ }).click();
      await page.getByRole("heading", { name: /13 June 2027/ }).waitFor();
    },
  ],
  [
    "timeline-card",
    "practice",
    "/timeline",
    "33 secrets and certificates",
    async (page) => {
      await page.getByRole("button", { name: "6 months" }).click();
      await page.getByRole("listbox").focus();
      await page.keyboard.press("ArrowRight");
    },
  ],
  [
    "timeline-month",
    "practice",
    "/timeline",
    "33 secrets and certificates",
    async (page) => button(page, "Month").click(),
  ],
  [
    "timeline-table",
    "practice",
    "/timeline",
    "33 secrets and certificates",
    async (page) => button(page, "Table").click(),
  ],
  ["timeline-many", "many", "/timeline", "31,602 secrets"],
  ["timeline-empty", "bare", "/timeline", "Nothing ends"],
  ["rotations", "practice", "/rotations", "Wait for you"],
  ["rotations-empty", "empty", "/rotations", "Nothing is being renewed"],
  ["rotation-hand-over", "practice", "/rotations/rotation-hand", "For the product"],
  ["rotation-watching", "practice", "/rotations/rotation-watch", "before you handed the new one over"],
  ["rotation-cannot-tell", "practice", "/rotations/rotation-blind", "Gatehouse cannot tell"],
  ["rotation-still-used", "practice", "/rotations/rotation-still", "after you handed the new one over"],
  [
    "rotation-sure",
    "practice",
    "/rotations/rotation-still",
    "after you handed the new one over",
    async (page) => {
      await button(page, "Remove the old one now").click();
      await page.getByRole("alertdialog").waitFor();
    },
  ],
  ["rotation-idle", "practice", "/rotations/rotation-idle", "It can go."],
  ["rotation-done", "practice", "/rotations/rotation-done", "Nothing is left to do."],
  ["rotation-own", "practice", "/rotations/rotation-own", "Not tried here"],
  [
    "app-renew-forbidden",
    "practice",
    app(7, "#renew-77aa0000-0000-4000-8000-000000000070"),
    "Secrets and certificates",
    async (page) => page.getByText("How to make a federated credential").waitFor(),
  ],
  [
    "app-trust",
    "practice",
    app(1),
    "Trust a service",
    async (page) => {
      await button(page, "Trust a service").click();
      await page.getByLabel("A name for it").fill("github-main");
      await page.getByLabel("Subject").fill("repo:example/calendar:ref:refs/heads/main");
    },
  ],
  [
    "app-notes",
    "practice",
    app(1),
    "Never renew it on the 31st.",
    async (page) => {
      await button(page, "Write a note").click();
      await page.getByLabel("Your note").fill("The new one is abc8Q~3HnJ.xYz0-pretend-value-0123456789");
      await button(page, "Save the note").click();
      await button(page, "Keep it anyway").scrollIntoViewIfNeeded();
    },
  ],
  [
    "attention-gaps",
    "practice",
    "/attention",
    "Could not be looked at",
    async (page) => {
      await page
        .getByRole("heading", { name: "Could not be looked at" })
        .evaluate((title) => title.scrollIntoView());
    },
  ],
  ["app-mailboxes-but", "practice", app(8, "#mailboxes"), "Reaches nearly everybody"],
  ["rotation-undone", "practice", "/rotations/rotation-undone", "works as before"],
  ["reminders", "practice", "/reminders", "Comes next"],
  ["reminders-empty", "empty", "/reminders", "Nothing to remind of"],
  ["reminders-stale", "stale", "/reminders", "There is no connection."],
  ["reminders-broken", "broken", "/reminders", "There is no connection."],
  [
    "reminders-settings",
    "practice",
    "/reminders#settings",
    "When to remind",
    async (page) => {
      await page.getByText("Messages to an address on the web").click();
      await page.getByText("A shared mailbox").click();
    },
  ],
  [
    "reminders-trial",
    "practice",
    "/reminders#settings",
    "When to remind",
    async (page) => {
      await page.getByText("Messages to an address on the web").click();
      await page.getByLabel("The address", { exact: true }).fill("https://hooks.example/x");
      await button(page, "Keep the address").click();
      await page.getByText("Forget the address").waitFor();
      await button(page, "Send a trial of each").click();
      await page.getByText("Did not get through").waitFor();
    },
  ],
  ["hand-on", "practice", "/reminders#handOn", "Take over from a colleague"],
  [
    "hand-on-review",
    "practice",
    "/reminders#handOn",
    "Open a colleague’s file",
    (page) => handOn(page, "{}"),
  ],
  [
    "hand-on-elsewhere",
    "practice",
    "/reminders#handOn",
    "Open a colleague’s file",
    (page) => handOn(page, "elsewhere"),
  ],
];
