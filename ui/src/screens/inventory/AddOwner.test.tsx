import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { withLayout } from "../../testing/layout";
import { open, press } from "../../testing/open";

withLayout(1120, 700);

const choose = async (name: string) =>
  fireEvent.click(await screen.findByRole("checkbox", { name: `Choose ${name}` }));

describe("one more owner for several apps", () => {
  it("asks who, and plans for all that were chosen", async () => {
    const { router } = await open("/apps", "practice");
    await choose("Old telephone system");
    await choose("Visitor screens");
    await press("Add an owner");
    await screen.findByText(/The 2 apps that you chose get one more owner/);
    const who = screen.getByLabelText("Who shall own it?", { selector: "input" });
    fireEvent.click(who);
    fireEvent.change(who, { target: { value: "anna" } });
    fireEvent.click(await screen.findByRole("option", { name: /Anna Berg/, hidden: true }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/plan"));
    const { request } = router.state.location.search as { request: { kind: string; appIds: string[] } };
    expect([request.kind, request.appIds.length]).toEqual(["addOwner", 2]);
  });
});
