const button = (page, name) => page.getByRole("button", { name, exact: true });
const app = (number, part) => `/apps/5f2b8c1e-7a4d-4b0e-9c38-${String(number).padStart(12, "0")}#${part}`;

/** Goes through the wizard of a connector, by Next, up to a heading. */
async function upTo(page, start, headings) {
  await button(page, start).click();
  for (const [place, heading] of headings.entries()) {
    await page.getByRole("heading", { name: heading }).waitFor();
    if (place < headings.length - 1) await button(page, "Next").click();
  }
}

const SENSE = [
  "What is the name in your Sense address?",
  "Calendar sync: who may sign in?",
  "Which of these do you need as well?",
  "How long shall the secret live?",
  "Do this first",
];

async function sense(page, heading) {
  await button(page, "Set up Sense").click();
  await page.getByRole("textbox").fill("fjordvik");
  await button(page, "Next").click();
  for (const next of SENSE.slice(1, SENSE.indexOf(heading))) {
    await page.getByRole("heading", { name: next }).waitFor();
    await button(page, "Next").click();
  }
  await page.getByRole("heading", { name: heading }).waitFor();
}

async function serviceAccount(page, address, words) {
  await upTo(page, "Set up Cirrus Insight (Exchange service account)", ["Which service account?"]);
  await page.getByRole("combobox").fill(address);
  await page.getByText(words).waitFor();
  await page.keyboard.press("Escape");
}

async function mailboxes(page) {
  await upTo(page, "Set up Totalview", [
    "What shall Totalview do?",
    "Test mailbox",
    "Sender address",
    "Calendar: whose mailboxes shall it reach?",
  ]);
}

const CONNECTOR = 'format = 1\nid = "visitor-desk"\nname = "Раrcel Desk"\n';
const FRAGMENT = '"requiredResourceAccess": [ { "resourceAppId": "00000003", "resourceAccess": [] } ]';

async function paste(page, text) {
  await page.getByText("Paste its text instead").click();
  await page.getByLabel("Text of the file").fill(text);
  await button(page, "Read it").click();
}

async function openRequest(page, text) {
  await page.locator('input[type="file"]').setInputFiles({
    name: "grant.gatehouse-request.json",
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  await page.getByText("asks you to grant this").scrollIntoViewIfNeeded();
}

async function manifest(page, text) {
  await page.getByLabel("The piece of text, or the whole manifest").fill(text);
  await button(page, "Show what it means").click();
}

/** The rooms of the five guides, as {@link ROOMS} has them: name, scenario, address, text to wait for, what to do. */
export const GUIDE_ROOMS = [
  ["connector-legacy", "empty", "/connectors/cirrus-insight-exchange", "This is the old way"],
  [
    "connector-settings",
    "empty",
    "/connectors/certero",
    "What it changes for everybody",
    (page) => page.getByText("What it changes for everybody").scrollIntoViewIfNeeded(),
  ],
  ["connector-own", "empty", "/connectors/visitor-desk", "Remove this connector"],
  [
    "connector-remove",
    "empty",
    "/connectors/visitor-desk",
    "Remove this connector",
    async (page) => {
      await button(page, "Save as a file").click();
      await page.getByText("Saved as").first().waitFor();
      await button(page, "Remove this connector").click();
      await page.getByRole("alertdialog").waitFor();
    },
  ],
  [
    "wizard-account-new",
    "empty",
    "/connectors/cirrus-insight-exchange",
    "This is the old way",
    (page) => serviceAccount(page, "cirrus@fjordvik.example", "This account will be created"),
  ],
  [
    "wizard-account-known",
    "empty",
    "/connectors/cirrus-insight-exchange",
    "This is the old way",
    (page) => serviceAccount(page, "priya.nair@fjordvik.example", "Priya Nair exists already"),
  ],
  [
    "wizard-account-foreign",
    "empty",
    "/connectors/cirrus-insight-exchange",
    "This is the old way",
    (page) => serviceAccount(page, "cirrus@elsewhere.example", "is not a domain of this organisation"),
  ],
  [
    "wizard-licence",
    "empty",
    "/connectors/cirrus-insight-exchange",
    "This is the old way",
    async (page) => {
      await serviceAccount(page, "cirrus@fjordvik.example", "This account will be created");
      await button(page, "Next").click();
      await page.getByText("Exchange Online (Plan 1)").click();
    },
  ],
  [
    "wizard-country",
    "empty",
    "/connectors/cirrus-insight-exchange",
    "This is the old way",
    async (page) => {
      await serviceAccount(page, "cirrus@fjordvik.example", "This account will be created");
      await button(page, "Next").click();
      await page.getByText("Exchange Online (Plan 1)").click();
      await button(page, "Next").click();
      await page.getByRole("combobox").selectOption("NO");
    },
  ],
  [
    "wizard-licence-none",
    "bare",
    "/connectors/cirrus-insight-exchange",
    "This is the old way",
    async (page) => {
      await serviceAccount(page, "cirrus@fjordvik.example", "This account will be created");
      await button(page, "Next").click();
      await page.getByText("There is no licence that brings a mailbox").waitFor();
    },
  ],
  ["wizard-audience", "empty", "/connectors/sense", "What it can do", (page) => sense(page, SENSE[1])],
  [
    "wizard-permissions",
    "empty",
    "/connectors/sense",
    "What it can do",
    async (page) => {
      await sense(page, SENSE[2]);
      await page.getByRole("switch").first().check();
    },
  ],
  [
    "wizard-ticked",
    "empty",
    "/connectors/sense",
    "What it can do",
    async (page) => {
      await sense(page, SENSE[4]);
      await page.getByLabel("It is switched on").check();
    },
  ],
  ["wizard-mailboxes", "empty", "/connectors/totalview", "What it can do", mailboxes],
  [
    "wizard-mailboxes-group",
    "empty",
    "/connectors/totalview",
    "What it can do",
    async (page) => {
      await mailboxes(page);
      await page.getByLabel(/The members of a group/).check();
      await page.getByRole("combobox").pressSequentially("le");
      await page.getByRole("option", { name: /Sales/ }).waitFor();
    },
  ],
  [
    "wizard-mailboxes-people",
    "empty",
    "/connectors/totalview",
    "What it can do",
    async (page) => {
      await mailboxes(page);
      await page.getByLabel(/Chosen people/).check();
      for (const who of ["anna.berg@fjordvik.example", "maja.lind@fjordvik.example"]) {
        await page.getByRole("combobox").fill(who);
        await button(page, "Add").click();
      }
    },
  ],
  [
    "wizard-mailboxes-none",
    "bare",
    "/connectors/totalview",
    "What it can do",
    async (page) => {
      await button(page, "Set up Totalview").click();
      for (const question of ["Test mailbox", "Sender address"]) {
        await button(page, "Next").click();
        await page.getByRole("heading", { name: question }).waitFor();
        await page.getByRole("combobox").fill("anna.berg@fjordvik.example");
        await page.keyboard.press("Escape");
      }
      await button(page, "Next").click();
      await page.getByLabel(/The members of a group/).check();
      await page.getByRole("combobox").pressSequentially("sales");
      await page.getByText("No group has this name.").waitFor();
    },
  ],
  ["own-build", "empty", "/connectors/own/build", "The product"],
  [
    "own-build-name",
    "empty",
    "/connectors/own/build",
    "The product",
    async (page) => {
      await page.getByLabel(/^Name/).fill("Parcel Desk");
      await page.getByLabel("Permission", { exact: true }).fill("Email.Send");
      await button(page, "Use “Mail.Send”").waitFor();
      await button(page, "Show what it means").click();
      await page.getByText("1 thing is wrong").waitFor();
    },
  ],
  [
    "own-build-review",
    "empty",
    "/connectors/own/build",
    "The product",
    async (page) => {
      await page.getByLabel(/^Name/).fill("Parcel Desk");
      await button(page, "Add an address").click();
      await page.getByLabel("Address 1", { exact: true }).fill("https://desk.example/signed-in");
      await button(page, "Show what it means").click();
      await button(page, "Add this connector").waitFor();
    },
  ],
  ["own-app", "empty", "/connectors/own/app", "500 apps"],
  [
    "own-app-review",
    "empty",
    "/connectors/own/app",
    "500 apps",
    async (page) => {
      await page.getByRole("searchbox").fill("Payroll");
      await page.getByRole("button", { name: /Payroll export/ }).click();
      await page.getByText("Two secrets were left out").waitFor();
    },
  ],
  ["own-file", "empty", "/connectors/own/file", "Open a connector file"],
  [
    "own-file-review",
    "empty",
    "/connectors/own/file",
    "Open a connector file",
    async (page) => {
      await paste(page, CONNECTOR);
      await page.getByText("letters of two alphabets").waitFor();
      await page.getByRole("switch").nth(1).check();
    },
  ],
  [
    "own-file-wrong",
    "empty",
    "/connectors/own/file",
    "Open a connector file",
    async (page) => {
      await paste(page, "<html>");
      await page.getByText("2 things are wrong").waitFor();
    },
  ],
  ["own-file-broken", "broken", "/connectors/own/app", "There is no connection."],
  ["request", "practice", "/connectors", "Cirrus Insight", (page) => openRequest(page, "{}")],
  [
    "request-elsewhere",
    "practice",
    "/connectors",
    "Cirrus Insight",
    (page) => openRequest(page, '{"tenant":"elsewhere"}'),
  ],
  ["app-permissions", "practice", app(0, "permissions"), "asked for but not granted"],
  ["app-manifest", "practice", app(0, "manifest"), "Permissions from a guide"],
  [
    "app-manifest-difference",
    "practice",
    app(0, "manifest"),
    "Permissions from a guide",
    async (page) => {
      await manifest(page, FRAGMENT);
      await page.getByText("New, and nobody here knows it").waitFor();
      await page.getByText("What would change").scrollIntoViewIfNeeded();
    },
  ],
  [
    "app-manifest-replace",
    "practice",
    app(0, "manifest"),
    "Permissions from a guide",
    async (page) => {
      await manifest(page, FRAGMENT);
      await page.getByLabel(/Replace what is there/).check();
      await page.getByText("is removed").first().waitFor();
    },
  ],
  [
    "app-manifest-wrong",
    "practice",
    app(0, "manifest"),
    "Permissions from a guide",
    async (page) => {
      await manifest(page, "Calendars.Read");
      await page.getByText("1 thing is wrong").waitFor();
    },
  ],
  [
    "app-name-check",
    "practice",
    app(0, "manifest"),
    "Permissions from a guide",
    async (page) => {
      await page.getByLabel("Name in the guide").fill("Email.Send");
      await button(page, "Check").click();
      await page.getByText("Microsoft calls it Mail.Send").scrollIntoViewIfNeeded();
    },
  ],
  ["app-registration", "practice", app(0, "registration"), "Who may sign in"],
  [
    "app-registration-audience",
    "practice",
    app(0, "registration"),
    "Who may sign in",
    async (page) => {
      await button(page, "Change who may sign in").click();
      await page.getByLabel(/People of any organisation/).check();
    },
  ],
  [
    "app-registration-redirects",
    "practice",
    app(0, "registration"),
    "Who may sign in",
    async (page) => {
      await button(page, "Change the addresses").click();
      await page.getByLabel("Address 1", { exact: true }).scrollIntoViewIfNeeded();
    },
  ],
  ["app-registration-long", "long", app(0, "registration"), "Who may sign in"],
  ["app-registration-none", "practice", app(2, "registration"), "Nobody signs in to this app"],
  ["app-mailboxes", "practice", app(0, "mailboxes"), "The ways in"],
  [
    "app-mailboxes-test",
    "practice",
    app(0, "mailboxes"),
    "The ways in",
    async (page) => {
      await page.getByRole("combobox").fill("maja.lind@fjordvik.example");
      await page.keyboard.press("Escape");
      await button(page, "Test").click();
      await page.getByText("is refused at").first().scrollIntoViewIfNeeded();
      await page.getByText("Limit the app to the members of a group").click();
    },
  ],
  [
    "app-mailboxes-change",
    "practice",
    app(1, "mailboxes"),
    "Reaches everybody",
    async (page) => {
      await button(page, "Change").click();
      await page.getByText("Whose mailboxes shall it reach?").waitFor();
    },
  ],
  ["app-mailboxes-trap", "practice", app(3, "mailboxes"), "The limit does not limit anything."],
  ["app-mailboxes-policy", "practice", app(2, "mailboxes"), "Move to the newer kind"],
  ["app-mailboxes-unknown", "practice", app(4, "mailboxes"), "Your role may not look into Exchange."],
  ["app-mailboxes-none", "practice", app(9, "mailboxes"), "Reaches nobody"],
  ["app-mailboxes-sign-in", "user", app(0, "mailboxes"), "has not been allowed to look into Exchange"],
  ["app-ews", "practice", app(0, "ews"), "Stopped: not on the list"],
  ["app-ews-off", "practice", app(2, "ews"), "Stopped: switched off"],
  ["app-broken", "broken", app(0, "registration"), "There is no connection."],
  ["app-gone", "practice", "/apps/nothing", "That is not here any more."],
  ["connection-mailboxes", "practice", "/connections/connection-totalview#mailboxes", "Test a mailbox"],
  ["connection-retest", "guides", "/connections/connection-certero", "Tested again by itself"],
  ["connection-reports", "guides", "/connections/connection-certero#reports", "What showing names means"],
  [
    "authorize",
    "guides",
    "/connections/connection-certero#handOver",
    "You get it by signing in",
    async (page) => {
      await button(page, "Authorize").click();
      await page.getByText("It allows:").waitFor();
      await button(page, "Copy the token").click();
      await page.getByText("Cleared from the clipboard in").scrollIntoViewIfNeeded();
    },
  ],
  [
    "plan-mailboxes",
    "practice",
    app(3, "mailboxes"),
    "The limit does not limit anything.",
    async (page) => {
      await button(page, "Mend it").click();
      await page.getByRole("combobox").first().fill("totalview-people@fjordvik.example");
      await page.keyboard.press("Escape");
      await button(page, "See the plan").click();
      await page.getByText("Limit whose mailboxes an app reaches").waitFor();
    },
  ],
];
