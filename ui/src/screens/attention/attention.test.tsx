import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { open, press } from "../../testing/open";
import { untilOf } from "./IgnoreDialog";

const NOW = new Date("2026-11-20T09:41:00Z");

describe("until when a finding is not shown", () => {
  it("counts days from now, and knows always", () => {
    expect(untilOf("30", "", NOW)).toBe("2026-12-20T09:41:00.000Z");
    expect(untilOf("always", "", NOW)).toBeNull();
  });

  it.each(["", "2026-11-19", "2026-11-20", "never", "2026-13-45x"])("takes no day “%s”", (day) => {
    expect(untilOf("day", day, NOW)).toBeUndefined();
  });
});

describe("what needs attention", () => {
  it("is not shown any more once there is a reason, and can be shown again", async () => {
    const { backend } = await open("/attention", "practice");
    await press("Do not show: The secret “prod-1” of Payroll export ends in 3 days.");
    const dialog = await screen.findByRole("alertdialog");
    const confirm = within(dialog).getByRole("button", { name: "Do not show" });
    expect(confirm.hasAttribute("disabled")).toBe(true);
    fireEvent.change(within(dialog).getByRole("textbox"), { target: { value: " Replaced in March. " } });
    fireEvent.click(confirm);
    await screen.findByText("26 things about your apps are worth a look.");
    fireEvent.click(await screen.findByLabelText("With 1 that you chose not to see"));
    await screen.findByText(/^Not shown until 18 Feb 2027: Replaced in March\.$/);
    await press("Show again: The secret “prod-1” of Payroll export ends in 3 days.");
    await screen.findByText("27 things about your apps are worth a look.");
    const page = await backend.call("findings", {
      rule: null,
      appId: null,
      text: "",
      ignored: true,
      offset: 0,
      limit: 500,
    });
    expect(page.ignored).toBe(0);
  });

  it("asks what takes a secret’s place before there is a plan", async () => {
    const { router } = await open("/attention", "practice");
    await press("Renew: The secret “prod-1” of Payroll export ends in 3 days.");
    const dialog = await screen.findByRole("dialog", { name: "Renew secret “prod-1”" });
    fireEvent.click(within(dialog).getByRole("radio", { name: /A certificate made here/ }));
    await press("See the plan");
    await waitFor(() => expect(router.state.location.pathname).toBe("/plan"));
    expect(router.state.location.search).toMatchObject({
      request: {
        kind: "renewCredential",
        replaces: ["77aa0000-0000-4000-8000-000000000010"],
        new: { kind: "madeCertificate", months: null },
      },
    });
  });

  it("says what could not be looked at, and leads to what would show it", async () => {
    const { router } = await open("/attention", "practice");
    const gaps = await screen.findByRole("list", { name: "Could not be looked at" });
    within(gaps).getByText(
      "It matters for 6 apps. Cannot tell: “Reaches every mailbox”, “A limit that does not limit”.",
    );
    within(gaps).getByText(/^Not known: when each secret was last used\./);
    await press("Sign in for more: Nobody has looked up whether Exchange limits apps to some mailboxes.");
    await waitFor(() => expect(router.state.location.pathname).toBe("/sign-in"));
    expect(router.state.location.search).toMatchObject({ purpose: "mailboxes", afterwards: "/attention" });
  });

  it("removes all that ended with one request, however many there are", async () => {
    const { router } = await open("/attention", "practice");
    fireEvent.click(await screen.findByText("Ended and left behind"));
    await press("Remove what ended in 2 apps");
    await waitFor(() => expect(router.state.location.pathname).toBe("/plan"));
    expect(router.state.location.search).toMatchObject({ request: { kind: "removeEnded", appIds: null } });
  });

  it("finds an app across all rules", async () => {
    await open("/attention", "practice");
    fireEvent.change(await screen.findByRole("searchbox"), { target: { value: "visitor" } });
    await screen.findByText("Nobody owns Visitor screens.");
    screen.getByText(/has ended, and nothing has taken its place/);
    expect(screen.queryByText(/Payroll export/)).toBeNull();
  });

  it("does not claim calm when nobody has looked", async () => {
    await open("/attention", "neverRead");
    await screen.findByText("Nobody has looked yet");
    expect(screen.queryByText("Nothing needs attention")).toBeNull();
  });
});
