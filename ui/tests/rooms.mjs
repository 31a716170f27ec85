import { CONNECTOR_ROOMS } from "./connectorRooms.mjs";
import { GUIDE_ROOMS } from "./guideRooms.mjs";
import { PERSONAL_ROOMS } from "./personalRooms.mjs";
import { WATCH_ROOMS } from "./watchRooms.mjs";

/**
 * Every screen, and how to get there: the scenario of the imitation, the address, and what to do once it is open.
 * `expect` is text that must be there before anything is looked at.
 */
export const ROOMS = [
  room("welcome", "fresh", "/welcome", "Practise first"),
  room("sign-in-first", "fresh", "/welcome", "Practise first", async (page) => {
    await page.getByRole("button", { name: "Start practising" }).click();
    await page.getByText("How this works").waitFor();
  }),
  room("sign-in-practice", "signedOut", "/sign-in", "Who do you want to be?"),
  room("sign-in-real", "realSignedOut", "/sign-in", "Which organisation?"),
  room("sign-in-typed", "realSignedOut", "/sign-in", "Which organisation?", async (page) => {
    await page.getByLabel("An organisation that uses Gatehouse already").check();
    await page.getByRole("button", { name: "Sign in with Microsoft" }).click();
    await page.getByText("Type the organisation’s domain").waitFor();
  }),
  room("sign-in-bootstrap", "realSignedOut", "/sign-in", "Which organisation?", async (page) => {
    await page.getByLabel("My organisation does not use Gatehouse yet").check();
    await page.getByText("What to know before").waitFor();
  }),
  room("sign-in-waiting", "signInWaits", "/sign-in", "Sign in to practise", async (page) => {
    await page.getByRole("button", { name: "Sign in to practise" }).click();
    await page.getByText("Stops waiting in").waitFor();
  }),
  room("sign-in-failed", "signInFails", "/sign-in", "Sign in to practise", async (page) => {
    await page.getByRole("button", { name: "Sign in to practise" }).click();
    await page.getByText("Nothing was allowed.").waitFor();
    await page.getByText("Details for support").click();
  }),
  room("sign-in-again", "practice", "/sign-in?account=account-maja", "Sign in again"),
  room("home", "practice", "/home", "What is connected"),
  room("home-real", "real", "/home", "What is connected"),
  room("home-empty", "empty", "/home", "No product is connected yet"),
  room("home-nobody", "signedOut", "/home", "Nobody is signed in"),
  room("home-bootstrap", "bootstrap", "/home", "See the plan"),
  room("home-long", "long", "/home", "What is connected"),
  room("home-broken", "broken", "/home", "There is no connection."),
  room("account", "practice", "/account/signed-in", "In use now"),
  room("account-sign-out", "practice", "/account/signed-in", "In use now", async (page) => {
    await page.getByRole("button", { name: "Sign out Anna Berg" }).click();
    await page.getByRole("alertdialog").waitFor();
    await page.getByRole("button", { name: "Sign out", exact: true }).last().click();
    await page.getByText("Still valid at Microsoft").waitFor();
  }),
  room("account-menu", "practice", "/home", "What is connected", async (page) => {
    await page.getByRole("button", { name: /^Anna Berg/ }).click();
    await page.getByRole("button", { name: "See all accounts" }).waitFor();
  }),
  room("activity", "practice", "/activity", "Done"),
  room("activity-empty", "empty", "/activity", "Nothing was changed yet"),
  room("settings", "practice", "/settings", "Where secrets are kept"),
  room("settings-no-keyring", "vaultAbsent", "/settings", "Use a passphrase"),
  room("settings-key-lost", "keyLost", "/settings", "The key to what is sealed here is gone."),
  ...CONNECTOR_ROOMS.map((each) => room(...each)),
  ...GUIDE_ROOMS.map((each) => room(...each)),
  ...PERSONAL_ROOMS.map((each) => room(...each)),
  ...WATCH_ROOMS.map((each) => room(...each)),
  room("lost", "practice", "/nowhere", "There is no such page"),
];

function room(name, scenario, path, expect, act = async () => {}) {
  return { name, scenario, path, expect, act };
}
