import { expect, it } from "vitest";
import { fakeBackend } from "../../../backend/fake";
import { invitationTo } from "./invitationTo";

const status = () =>
  fakeBackend(new URLSearchParams({ scenario: "practice", latency: "0" })).call("app_status", null);
const app = { clientId: "7c1d4b90-52aa-4c0e-9a53-0d8f6f1f2b31", product: "Totalview" };

it("says what the app asks people for, each once and at its deepest", async () => {
  const asks = ["Calendars.Read", "Calendars.ReadWrite", "User.Read", "toString", "Mail.Send"];
  const made = invitationTo({ ...app, organisation: null, asks }, await status());
  expect(made).toMatchObject({
    features: ["calendarWrite", "mailSend"],
    accounts: { kind: "organisation", tenant: "fjordvik.example" },
    organisation: "Fjordvik Foods",
    cloud: "practice",
  });
});

it("leaves the domain open for an organisation that nobody here is signed in to", async () => {
  const made = invitationTo({ ...app, organisation: "Outer Harbour", asks: [] }, await status());
  expect(made).toMatchObject({
    organisation: "Outer Harbour",
    accounts: { kind: "organisation", tenant: "" },
  });
});
