const button = (page, name) => page.getByRole("button", { name, exact: true });
const plan = (request) => `/plan?request=${encodeURIComponent(JSON.stringify(request))}`;

/** Goes through the wizard's next screens. */
async function next(page, ...headings) {
  for (const heading of headings) {
    await button(page, "Next").click();
    await page.getByRole("heading", { name: heading }).waitFor();
  }
}

/** Begins to set a connector up from its page. */
async function begin(page, words, heading) {
  await button(page, words).click();
  await page.getByRole("heading", { name: heading }).waitFor();
}

/** The rooms of connectors, as {@link ROOMS} has them: name, scenario, address, text to wait for, what to do. */
export const CONNECTOR_ROOMS = [
  ["connectors", "practice", "/connectors", "Cirrus Insight"],
  [
    "connectors-none",
    "practice",
    "/connectors",
    "Cirrus Insight",
    async (page) => {
      await page.getByRole("searchbox", { name: "Search connectors" }).fill("telescope");
      await page.getByText("No connector fits").waitFor();
    },
  ],
  ["connectors-broken", "broken", "/connectors", "There is no connection."],
  ["connector", "empty", "/connectors/totalview", "What it can do"],
  ["connector-set-up", "practice", "/connectors/totalview", "Set up here already"],
  ["connector-draft", "practice", "/connectors/cirrus-insight", "You began to set this up."],
  ["connector-signed-out", "signedOut", "/connectors/totalview", "Sign in to set it up"],
  ["connector-bootstrap", "bootstrap", "/connectors/totalview", "has no Gatehouse registration yet"],
  ["wizard", "practice", "/set-up/draft-cirrus", "Test mailbox"],
  [
    "wizard-features",
    "empty",
    "/connectors/cirrus-insight",
    "What it can do",
    (page) => begin(page, "Set up Cirrus Insight", "What shall Cirrus Insight do?"),
  ],
  [
    "wizard-nothing-chosen",
    "empty",
    "/connectors/totalview",
    "What it can do",
    async (page) => {
      await begin(page, "Set up Totalview", "What shall Totalview do?");
      await page.getByLabel("Calendar synchronization").uncheck();
      await page.getByLabel("E-mail sending").uncheck();
      await button(page, "Next").click();
      await page.getByText("Choose at least one.").waitFor();
    },
  ],
  [
    "wizard-people",
    "empty",
    "/connectors/totalview",
    "What it can do",
    async (page) => {
      await begin(page, "Set up Totalview", "What shall Totalview do?");
      await next(page, "Test mailbox");
      await page.getByRole("combobox").fill("");
      await page.getByRole("combobox").pressSequentially("an");
      await page.getByRole("option", { name: /Anna Berg/ }).waitFor();
    },
  ],
  [
    "wizard-lifetime",
    "empty",
    "/connectors/totalview",
    "What it can do",
    async (page) => {
      await begin(page, "Set up Totalview", "What shall Totalview do?");
      await next(page, "Test mailbox", "Sender address", "Calendar: whose mailboxes shall it reach?");
      await next(page, "E-mail: whose mailboxes shall it reach?", "How long shall the secret live?");
    },
  ],
  [
    "wizard-domains",
    "empty",
    "/connectors/cirrus-insight",
    "What it can do",
    async (page) => {
      await begin(page, "Set up Cirrus Insight", "What shall Cirrus Insight do?");
      await next(page, "Domains to sync");
      await page.getByLabel(/fjordvik.onmicrosoft.com/).check();
    },
  ],
  [
    "wizard-suggestion",
    "empty",
    "/connectors/visitor-desk",
    "What it can do",
    async (page) => {
      await begin(page, "Set up Visitor Desk", "In which region is your account?");
      await next(page, "What is the name in your address?");
      await page.getByRole("textbox").fill("https://fjordvik.visitordesk.example");
      await button(page, "Next").click();
      await button(page, "Use “fjordvik”").waitFor();
    },
  ],
  [
    "wizard-before",
    "empty",
    "/connectors/visitor-desk",
    "What it can do",
    async (page) => {
      await begin(page, "Set up Visitor Desk", "In which region is your account?");
      await next(page, "What is the name in your address?");
      await page.getByRole("textbox").fill("fjordvik");
      await next(
        page,
        "Which mailboxes belong to the front desk?",
        "The certificate that Visitor Desk gave you",
      );
      await next(page, "How long shall the secret live?", "Do this first");
    },
  ],
  [
    "wizard-discard",
    "practice",
    "/set-up/draft-cirrus",
    "Test mailbox",
    async (page) => {
      await page.getByRole("button", { name: "Throw the answers away" }).filter({ visible: true }).click();
      await page.getByRole("alertdialog").waitFor();
    },
  ],
  ["wizard-gone", "practice", "/set-up/nothing", "These answers are not here any more"],
  ["plan", "practice", plan({ kind: "setUp", draftId: "" }), "Nothing else is touched."],
  [
    "plan-exact",
    "practice",
    plan({ kind: "setUp", draftId: "" }),
    "Nothing else is touched.",
    (page) => page.getByText("Exact request").first().click(),
  ],
  ["plan-part", "cloudAdmin", plan({ kind: "setUp", draftId: "" }), "What another person does"],
  [
    "plan-ask",
    "user",
    plan({ kind: "setUp", draftId: "" }),
    "Your role may not create app registrations.",
    async (page) => {
      await button(page, "Ask an admin").last().click();
      await page.getByText("A message, ready to send").waitFor();
    },
  ],
  ["plan-user", "user", plan({ kind: "setUp", draftId: "" }), "Your role may not create app registrations."],
  [
    "plan-own",
    "bootstrap",
    plan({ kind: "ownRegistration", accountId: "account-bootstrap" }),
    "Gatehouse’s own",
  ],
  ["plan-long", "long", plan({ kind: "setUp", draftId: "" }), "Nothing else is touched."],
  ["plan-missing", "practice", "/plan", "There is no plan to show"],
  ["plan-broken", "broken", plan({ kind: "grant", appId: "x" }), "There is no connection."],
  ["run-interrupted", "practice", "/runs/run-stopped", "Stopped half-way."],
  [
    "run-undo",
    "practice",
    "/runs/run-stopped",
    "Stopped half-way.",
    async (page) => {
      await button(page, "Undo").click();
      await page.getByText("Undo all of this?").waitFor();
    },
  ],
  ["run-done", "practice", "/runs/run-done", "Done, and proved."],
  ["run-held", "badDays", "/runs/run-held", "Microsoft is still spreading the change."],
  [
    "run-stopping",
    "badDays",
    "/runs/run-held",
    "Microsoft is still spreading the change.",
    async (page) => {
      await button(page, "Stop").click();
      await page.getByText("Stopping after the step").first().waitFor();
    },
  ],
  ["run-failed", "badDays", "/runs/run-failed", "A rule of your organisation"],
  ["run-unsaved", "badDays", "/runs/run-unsaved", "Save this secret now"],
  ["run-waiting", "badDays", "/runs/run-waiting", "Your part is done."],
  ["run-refused", "badDays", "/runs/run-refused", "This address has no mailbox."],
  ["run-own", "badDays", "/runs/run-own", "Sign in with it"],
  ["connection", "practice", "/connections/connection-totalview", "What is left for you"],
  ["connection-broken", "badDays", "/connections/connection-broken", "Does not work"],
  ["connection-waiting", "badDays", "/connections/connection-waiting", "One thing is left"],
  ["hand-over", "practice", "/connections/connection-totalview#handOver", "Sender from-address"],
  [
    "hand-over-revealed",
    "practice",
    "/connections/connection-totalview#handOver",
    "Sender from-address",
    async (page) => {
      await button(page, "Reveal Secret").click();
      await page.getByText("Hides in").waitFor();
      await button(page, "Copy Secret").click();
      await page.getByText("Cleared from the clipboard in").waitFor();
    },
  ],
  [
    "hand-over-paper",
    "practice",
    "/connections/connection-totalview#handOver",
    "Sender from-address",
    async (page) => {
      await button(page, "Reveal Secret").click();
      await page.getByText("Hides in").waitFor();
      await page.emulateMedia({ media: "print" });
      await page.locator("[data-paper]").waitFor();
      await page.locator("#root").waitFor({ state: "hidden" });
      await page.emulateMedia({ media: "screen" });
    },
  ],
  [
    "hand-over-kept",
    "practice",
    "/connections/connection-totalview#handOver",
    "Sender from-address",
    async (page) => {
      const place = page.getByLabel("Place of the secret of Totalview Calendar Synchronization");
      await place.fill("Vault of the IT team, entry Totalview");
      await button(page, "Save the place").first().click();
      await page.getByText("Kept in: Vault of the IT team").first().waitFor();
    },
  ],
  [
    "hand-over-leaving",
    "practice",
    "/connections/connection-totalview#handOver",
    "Sender from-address",
    async (page) => {
      await page.getByLabel("Place of the secret of Totalview E-Mail Sending").scrollIntoViewIfNeeded();
      await page.evaluate(() => {
        location.hash = "#/home";
      });
      await page.getByText("You have not noted where the secret is").waitFor();
    },
  ],
  ["connection-permissions", "badDays", "/connections/connection-waiting#permissions", "Granted"],
  ["connection-other", "badDays", "/connections/connection-waiting#other", "A message, ready to send"],
  ["connection-history", "practice", "/connections/connection-totalview#history", "Open a run"],
  ["connection-gone", "practice", "/connections/nothing", "That is not here any more."],
  [
    "permissions-report",
    "practice",
    "/apps/5f2b8c1e-7a4d-4b0e-9c38-000000000000#permissions",
    "asked for but not granted",
  ],
];
