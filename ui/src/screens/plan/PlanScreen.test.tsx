import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { open, press } from "../../testing/open";
import { byGroup } from "./groups";

const plan = `/plan?request=${encodeURIComponent('{"kind":"setUp","draftId":""}')}`;

describe("a plan", () => {
  it("says who, where and with which role, before the changes", async () => {
    await open(plan, "practice");
    await screen.findByText("What will change");
    for (const words of ["Anna Berg", "Fjordvik Foods", "Global Administrator"]) {
      expect(screen.getAllByText(words).length).toBeGreaterThan(1);
    }
    screen.getByText("8 changes in 2 app registrations. Nothing else is touched.");
  });

  it("tells a person without the role before anything begins, and has the message ready", async () => {
    await open(plan, "user");
    await screen.findByText("Your role may not create app registrations.");
    expect(screen.queryByRole("button", { name: "Go ahead" })).toBeNull();
    for (const button of screen.getAllByRole("button", { name: "Ask an admin" })) button.click();
    const message = await screen.findByRole("textbox", { name: "A message, ready to send" });
    expect((message as HTMLTextAreaElement).value).toContain("My role there (No admin role)");
    screen.getByRole("button", { name: "Copy the message" });
  });

  it("says which part is for another person, and does the rest", async () => {
    await open(plan, "cloudAdmin");
    await screen.findByText(/2 steps are not yours to do/);
    screen.getByText("6 changes in 2 app registrations, and 2 for another person. Nothing else is touched.");
    screen.getByRole("button", { name: "Go ahead" });
  });

  it("leads back to the answers", async () => {
    const { router } = await open(plan.replace("%22%22", "%22draft-cirrus%22"), "practice");
    await screen.findByRole("heading", { name: "Set up Cirrus Insight in Fjordvik Foods" });
    await press("Change the answers");
    await screen.findByRole("heading", { name: "Test mailbox" });
    expect(router.state.location.pathname).toBe("/set-up/draft-cirrus");
  });
});

describe("groups", () => {
  it("keep the order in which they first come", () => {
    expect(byGroup(["b1", "a1", "b2"], (each) => each.charAt(0))).toEqual([
      ["b", ["b1", "b2"]],
      ["a", ["a1"]],
    ]);
  });
});
