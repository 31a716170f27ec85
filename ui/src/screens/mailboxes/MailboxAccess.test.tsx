import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { open, press } from "../../testing/open";
import { isWhole } from "./MailboxChoice";

const app = (number: number) => `/apps/5f2b8c1e-7a4d-4b0e-9c38-${String(number).padStart(12, "0")}#mailboxes`;

describe("mailbox access", () => {
  it("row_a10_mailbox_access says who is reached, and tests a mailbox that is not", async () => {
    await open(app(0), "practice");
    await screen.findByText("14 people: the members of “Totalview people”.");
    const [field] = screen.getAllByRole("combobox");
    if (field === undefined) throw new Error("there is no field for a mailbox");
    fireEvent.change(field, { target: { value: "maja.lind@fjordvik.example" } });
    await press("Test");
    await screen.findByText("The app is refused at maja.lind@fjordvik.example.");
  });

  it("row_b8_mailbox_access finds a limit that limits nothing, and leads to the plan that mends it", async () => {
    const { router } = await open(app(3), "practice");
    await screen.findByText("The limit does not limit anything.");
    await press("Mend it");
    const field = await screen.findByLabelText("Group");
    expect(field).toHaveProperty("value", "Totalview people");
    fireEvent.change(field, { target: { value: "totalview-people@fjordvik.example" } });
    await press("See the plan");
    await screen.findByRole("button", { name: "Go ahead" });
    expect(router.state.location.search).toMatchObject({
      request: {
        kind: "mailboxAccess",
        choice: { kind: "group", address: "totalview-people@fjordvik.example" },
        migrate: false,
      },
    });
  });

  it("asks to sign in for it, in the same place, where the session was not asked for Exchange", async () => {
    const { router } = await open(app(0), "user");
    await screen.findByText("Gatehouse has not been allowed to look into Exchange.");
    await press("Sign in again");
    await screen.findByRole("heading", { name: "Sign in again" });
    expect(router.state.location.search).toMatchObject({ purpose: "mailboxes", account: "account-maja" });
    expect(JSON.stringify(router.state.location.search)).toContain("#mailboxes");
  });
});

it("a choice is whole when it says whom", () => {
  expect(isWhole({ kind: "everyone" })).toBe(true);
  expect(isWhole({ kind: "group", address: "Totalview people" })).toBe(false);
  expect(isWhole({ kind: "group", address: "people@fjordvik.example" })).toBe(true);
  expect(isWhole({ kind: "people", addresses: [] })).toBe(false);
});
