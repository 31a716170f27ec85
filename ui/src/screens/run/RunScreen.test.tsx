import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { open, press } from "../../testing/open";

const plan = `/plan?request=${encodeURIComponent('{"kind":"setUp","draftId":""}')}`;

describe("a run", () => {
  it("turns a plan true, proves it, and leads to the hand-over", async () => {
    const { router } = await open(plan, "empty");
    await press("Go ahead");
    await screen.findByText("Under way. You can leave this screen; it goes on.");
    await screen.findByText(/Microsoft is still spreading the change\./);
    await screen.findByText("Done, and proved.");
    await press("Show what to enter");
    await screen.findByRole("group", { name: "Mail client secret" });
    expect(router.state.location.hash).toBe("handOver");
  });

  it("stops when asked, says so at once and what remains, and goes on", async () => {
    await open(plan, "empty");
    await press("Go ahead");
    await press("Stop");
    expect(screen.getAllByText("Stopping after the step that is under way")).not.toHaveLength(0);
    await screen.findByText("Stopped half-way. What is done stays as it is.");
    screen.getByText(/steps? (is|are) done and stays?\. .*not begun\./);
    await press("Go on");
    await screen.findByText("Done, and proved.");
  });

  it("says first what cannot be undone", async () => {
    await open("/runs/run-done", "practice");
    await press("Undo");
    const dialog = await screen.findByRole("alertdialog");
    const [first, second] = within(dialog).getAllByRole("heading", { level: 3 });
    expect(first?.textContent).toBe("What cannot be undone");
    expect(second?.textContent).toBe("What Gatehouse will do");
    within(dialog).getByText(/keeps a removed app registration for 30 days/);
  });

  it("offers to sign in with Gatehouse’s own registration", async () => {
    const { router } = await open("/runs/run-own", "badDays");
    await press("Sign in with it");
    await waitFor(() => expect(router.state.location.pathname).toBe("/sign-in"));
    expect(router.state.location.search).toMatchObject({
      client: "3d1f6a0e-52b7-4a39-8e43-0f0c2b7a9d55",
      purpose: "setUp",
    });
  });

  it("shows a secret that could not be kept before anything else", async () => {
    await open("/runs/run-unsaved", "badDays");
    await screen.findByRole("heading", { name: "Save this secret now" });
    await press("I keep it elsewhere");
    await waitFor(() => expect(screen.queryByText("Save this secret now")).toBeNull());
  });
});
