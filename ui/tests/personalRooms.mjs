// My account: the room, connecting, one connection, waiting for an admin, invitations.
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const seen = (page, text) => page.getByText(text).first().waitFor();
const ID = "7c1d4b90-52aa-4c0e-9a53-0d8f6f1f2b31";

/** Answers the questions up to the third screen. */
async function answer(page) {
  await page.getByRole("checkbox", { name: /^Calendar/ }).check();
  await page.getByLabel("Send mail as you").check();
  await press(page, "Next");
  await page.getByLabel("Name of the product").fill("Totalview");
  await page.getByLabel("Client ID", { exact: true }).fill(ID);
  await press(page, "Next");
  await seen(page, "Which kind of account?");
}

/** Goes as far as Microsoft's page. */
async function go(page) {
  await answer(page);
  await press(page, "Next");
  await seen(page, "Microsoft adds this each time");
  await press(page, "Go to the practice page");
}

export const PERSONAL_ROOMS = [
  ["personal", "personal", "/account", "Connected with your account"],
  ["personal-empty", "user", "/account", "No product uses your account yet"],
  ["personal-admin", "practice", "/account", "Ask other people to connect"],
  ["personal-long", "personalLong", "/account", "Connected with your account"],
  ["personal-broken", "broken", "/account", "There is no connection."],
  ["connect-features", "personal", "/account/connect", "What shall it do for you?"],
  [
    "connect-features-missing",
    "personal",
    "/account/connect",
    "What shall it do for you?",
    async (page) => {
      await page.getByRole("checkbox", { name: /^Mail/ }).check();
      await page.getByRole("checkbox", { name: /^Mail/ }).uncheck();
      await press(page, "Next");
      await seen(page, "Choose at least one.");
    },
  ],
  [
    "connect-app",
    "personal",
    "/account/connect",
    "What shall it do for you?",
    async (page) => {
      await page.getByRole("checkbox", { name: /^Calendar/ }).check();
      await press(page, "Next");
      await page.getByLabel("Name of the product").fill(" ");
      await page.getByLabel("Client ID", { exact: true }).fill("my-client");
      await press(page, "Next");
      await seen(page, "Give it a name");
    },
  ],
  ["connect-accounts", "personal", "/account/connect", "What shall it do for you?", answer],
  [
    "connect-look",
    "personal",
    "/account/connect",
    "What shall it do for you?",
    async (page) => {
      await answer(page);
      await press(page, "Next");
      await seen(page, "Microsoft adds this each time");
    },
  ],
  [
    "connect-waiting",
    "personalWaits",
    "/account/connect",
    "What shall it do for you?",
    async (page) => {
      await go(page);
      await seen(page, "Stops waiting in");
    },
  ],
  [
    "connect-stopped",
    "personalWaits",
    "/account/connect",
    "What shall it do for you?",
    async (page) => {
      // The question comes after a while that nobody has to sit through here.
      await page.clock.install();
      await go(page);
      await seen(page, "Stops waiting in");
      await page.clock.fastForward(30_000);
      await page.getByRole("radio", { name: /^It asks for an admin/ }).check();
      await page.getByRole("button", { name: "Write to my admin" }).waitFor();
    },
  ],
  [
    "connect-wrong-person",
    "wrongPerson",
    "/account/connect",
    "What shall it do for you?",
    async (page) => {
      await go(page);
      await seen(page, "Another person signed in.");
    },
  ],
  [
    "connect-done",
    "personal",
    "/account/connect",
    "What shall it do for you?",
    async (page) => {
      await go(page);
      await seen(page, "Gatehouse tried each part.");
    },
  ],
  [
    "connect-needs-admin",
    "adminMustAgree",
    "/account/connect",
    "What shall it do for you?",
    async (page) => {
      await go(page);
      await seen(page, "An admin has to say yes first");
    },
  ],
  ["personal-page", "personal", "/account/connection/personal-totalview", "About this connection"],
  [
    "personal-page-reconnect",
    "personal",
    "/account/connection/personal-sense",
    "Microsoft wants you to sign in again.",
  ],
  ["personal-page-own", "personal", "/account/connection/personal-home", "It may also do this"],
  [
    "personal-page-locked",
    "personalClosed",
    "/account/connection/personal-totalview",
    "Open your saved sign-in",
  ],
  [
    "personal-page-offline",
    "personalClosed",
    "/account/connection/personal-sense",
    "Microsoft could not be reached.",
  ],
  ["personal-page-long", "personalLong", "/account/connection/personal-long", "About this connection"],
  ["personal-page-gone", "personal", "/account/connection/none", "That is not here any more."],
  [
    "personal-give",
    "personal",
    "/account/connection/personal-totalview",
    "About this connection",
    async (page) => {
      await page.getByText("When the product asks you for something").click();
      await press(page, "Copy the token");
      await page.getByText(/^Copied. Cleared from/).waitFor();
      await press(page, "Save the file");
      await seen(page, "Saved as");
    },
  ],
  [
    "personal-change",
    "personal",
    "/account/change/personal-totalview",
    "Microsoft asks you only for what is new.",
    async (page) => {
      await page.getByRole("checkbox", { name: /^Contacts/ }).check();
      await page.getByLabel("Send mail as you").uncheck();
      await seen(page, "It will no longer do this");
      await seen(page, "It may do this already");
    },
  ],
  [
    "personal-dropped",
    "personal",
    "/account/change/personal-totalview",
    "Microsoft asks you only for what is new.",
    async (page) => {
      await page.getByLabel("Send mail as you").uncheck();
      await press(page, "Save");
      await seen(page, "Still allowed at Microsoft");
    },
  ],
  [
    "disconnect",
    "personal",
    "/account/connection/personal-totalview",
    "About this connection",
    async (page) => {
      await press(page, "Disconnect");
      await page.getByRole("alertdialog").waitFor();
    },
  ],
  [
    "disconnected",
    "personal",
    "/account/connection/personal-totalview",
    "About this connection",
    async (page) => {
      await press(page, "Disconnect");
      await page.getByRole("alertdialog").getByRole("button", { name: "Disconnect" }).click();
      await seen(page, "Deleted here");
    },
  ],
  ["approval", "personal", "/account/approval/approval-morningstar-office", "Gatehouse looks by itself."],
  [
    "approval-not-yet",
    "personal",
    "/account/approval/approval-morningstar-office",
    "Gatehouse looks by itself.",
    async (page) => {
      await press(page, "Look now");
      await seen(page, "Not yet.");
      await page.getByText("Your admin uses Gatehouse too?").click();
      await press(page, "Save the request file");
      await seen(page, "Saved as");
    },
  ],
  [
    "approval-stop",
    "personal",
    "/account/approval/approval-morningstar-office",
    "Gatehouse looks by itself.",
    async (page) => {
      await press(page, "Stop waiting");
      await page.getByRole("alertdialog").waitFor();
    },
  ],
  [
    "approval-cannot",
    "personalClosed",
    "/account/approval/approval-morningstar-office",
    "Gatehouse cannot look by itself",
  ],
  ["approval-gone", "personal", "/account/approval/none", "You are not waiting for this any more"],
  ["invitation", "invited", "/home", "You are asked to connect Totalview"],
  [
    "invitation-known",
    "personal",
    "/account/invitation?text=gatehouse%3A%2F%2Fconnect%3Ffjordvlk",
    "You have connected this product before.",
  ],
  ["invitation-unreadable", "personal", "/account/invitation?text=hello", "This is not an invitation."],
  [
    "invitation-filled-in",
    "invited",
    "/home",
    "You are asked to connect Totalview",
    async (page) => {
      await press(page, "Go on");
      await seen(page, "Microsoft adds this each time");
    },
  ],
  [
    "invite-begun",
    "guides",
    "/connections/connection-certero#people",
    "Ask other people to connect",
    async (page) => {
      await press(page, "Make an invitation");
      await seen(page, "Which accounts is it for?");
    },
  ],
  ["invite", "practice", "/account/invite", "Which accounts is it for?"],
  [
    "invite-missing",
    "practice",
    "/account/invite",
    "Which accounts is it for?",
    async (page) => {
      await press(page, "Make the invitation");
      await seen(page, "Choose at least one.");
    },
  ],
  [
    "invite-ready",
    "practice",
    "/account/invite",
    "Which accounts is it for?",
    async (page) => {
      await page.getByLabel("What is the product called?").fill("Totalview");
      await page.getByLabel("Client ID", { exact: true }).fill(ID);
      await page.getByRole("checkbox", { name: /^Calendar/ }).check();
      await page.getByLabel("A few words from you").fill("Hello! It takes two minutes.");
      await press(page, "Make the invitation");
      await seen(page, "The invitation is ready");
      await press(page, "Save as a file");
      await seen(page, "Saved as");
    },
  ],
];
