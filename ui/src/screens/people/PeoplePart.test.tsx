import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { withLayout } from "../../testing/layout";
import { open, press } from "../../testing/open";

withLayout(1120, 700);

const APP = "5f2b8c1e-7a4d-4b0e-9c38-000000000001";
const page = `/apps/${APP}#people`;
const rows = () => within(screen.getByRole("list", { name: "People who allowed something" }));
const box = (name: string) => screen.queryByRole("checkbox", { name: `Choose ${name}` });
const row = async (name: string) => {
  const found = await screen.findByRole("checkbox", { name: `Choose ${name}` });
  return found.closest("li") as HTMLElement;
};

describe("people who let an app act for them", () => {
  it("says in words what each allowed, with Microsoft's names behind, and marks accounts that are off or gone", async () => {
    await open(page, "practice");
    const anna = within(await row("Anna Berg"));
    expect(anna.getByTitle("Mail.Send").textContent).toMatch(/^Send mail/);
    expect(anna.queryByText(/Sign people in/)).toBeNull();
    within(await row("Olga Petrova")).getByText("Account switched off");
    await screen.findByText("Account deleted");
    await screen.findByRole("heading", { name: "For everyone" });
    fireEvent.click(screen.getByRole("checkbox", { name: "Show Microsoft’s names" }));
    within(await row("Anna Berg")).getByText("Calendars.ReadWrite Mail.Send openid profile");
  });

  it("looks for names, sign-in names and permissions", async () => {
    await open(page, "practice");
    await row("Anna Berg");
    const search = screen.getByRole("searchbox", { name: "Search people" });
    fireEvent.change(search, { target: { value: "contacts" } });
    await screen.findByText("2 people fit");
    expect(box("Anna Berg")).toBeNull();
    fireEvent.change(search, { target: { value: "KARIM.HADDAD@" } });
    await screen.findByText("1 person fits");
    fireEvent.change(search, { target: { value: "zzz" } });
    await press("Show all");
    await row("Anna Berg");
  });

  it("plans to take back what the chosen ones allowed, and keeps them chosen while one searches", async () => {
    const { router } = await open(page, "practice");
    const take = await screen.findByRole("button", { name: "Take back" });
    expect(take.getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(screen.getByRole("checkbox", { name: "Choose Anna Berg" }));
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "maja" } });
    await waitFor(() => expect(box("Anna Berg")).toBeNull());
    fireEvent.click(screen.getByRole("checkbox", { name: "Choose all that are shown" }));
    await screen.findByText("2 people chosen");
    await press("Take back");
    await screen.findByRole("button", { name: "Go ahead" });
    const ids = [1, 3].map((n) => `b0c7f0de-0000-4000-8000-00000000000${n}`);
    expect(router.state.location.search).toEqual({
      request: { kind: "revokeConsent", appId: APP, whose: { kind: "people", ids } },
    });
    screen.getByText(/Take back what Maja Lind allowed/);
    screen.getByText("It does not stop at once");
  });

  it("leads to an invitation in which the app, and what people allowed it, are filled in", async () => {
    await open(page, "practice");
    await press("Make an invitation");
    const client = await screen.findByLabelText<HTMLInputElement>("Client ID");
    expect(client.value).toBe(APP);
    expect(screen.getByRole<HTMLInputElement>("checkbox", { name: /^Calendar/ }).checked).toBe(true);
    await press("Back");
    await screen.findByRole("heading", { name: "For everyone" });
  });

  it("plans to take back all", async () => {
    const { router } = await open(page, "practice");
    await press("Take back for all");
    await screen.findByRole("button", { name: "Go ahead" });
    expect(router.state.location.search).toEqual({
      request: { kind: "revokeConsent", appId: APP, whose: { kind: "all" } },
    });
  });

  it("draws only what is in view of very many, and says that there are more", async () => {
    await open(page, "many");
    await row("Colleague 0001");
    expect(screen.getByText(/There are more than these 999/)).toBeTruthy();
    expect(rows().getAllByRole("checkbox").length).toBeLessThan(40);
  });

  it("says when nobody did, and what would be here", async () => {
    await open(page, "bare");
    await screen.findByText("Nobody has let this app act for them");
    expect(screen.queryByRole("button", { name: "Take back for all" })).toBeNull();
  });

  it("is no part of a set-up's page whose app acts for nobody", async () => {
    await open("/connections/connection-totalview#people", "practice");
    await screen.findByRole("navigation", { name: "Parts of this connection" });
    expect(screen.queryByRole("link", { name: "People" })).toBeNull();
  });

  it("is a part of a set-up's page whose app acts for people", async () => {
    await open("/connections/connection-certero#people", "guides");
    await screen.findByRole("link", { name: "People" });
    await row("Anna Berg");
  });
});
