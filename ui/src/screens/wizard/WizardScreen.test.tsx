import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Backend } from "../../backend/Backend";
import { open, press } from "../../testing/open";

const heading = (name: string) => screen.findByRole("heading", { name });
const draftOf = async (backend: Backend) => (await backend.call("app_status", null)).drafts[0];

describe("the wizard", () => {
  it("comes to the plan with Next alone", async () => {
    const { router } = await open("/connectors/totalview", "empty");
    await press("Set up Totalview");
    await heading("What shall Totalview do?");
    await press("Next");
    await heading("Test mailbox");
    await screen.findByDisplayValue("anna.berg@fjordvik.example");
    await press("Next");
    await heading("Sender address");
    await screen.findByDisplayValue("anna.berg@fjordvik.example");
    await press("Next");
    await heading("Calendar: whose mailboxes shall it reach?");
    await press("Next");
    await heading("E-mail: whose mailboxes shall it reach?");
    await press("Next");
    await heading("How long shall the secret live?");
    await press("See the plan");
    await screen.findByRole("button", { name: "Go ahead" });
    expect(router.state.location.pathname).toBe("/plan");
  });

  it("fills nothing in between the letters of somebody who is about to type", async () => {
    const { backend } = await open("/connectors/totalview", "empty");
    let found = () => {};
    const looked = new Promise<void>((done) => {
      found = done;
    });
    const answered = backend.call.bind(backend);
    vi.spyOn(backend, "call").mockImplementation(async (command, request) => {
      if (command === "people_search") await looked;
      return answered(command, request);
    });
    await press("Set up Totalview");
    await press("Next");
    await heading("Test mailbox");
    const field = screen.getByRole<HTMLInputElement>("combobox");
    fireEvent.focus(field);
    found();
    const asked = () => vi.mocked(backend.call).mock.calls.filter(([name]) => name === "people_search");
    await waitFor(() => expect(asked()).not.toEqual([]));
    await act(async () => {
      await Promise.all(vi.mocked(backend.call).mock.results.map(({ value }) => value));
      // Who asked is told in a turn of its own.
      await new Promise((turned) => setTimeout(turned));
    });
    expect(field.value).toBe("");
    fireEvent.blur(field);
    await screen.findByDisplayValue("anna.berg@fjordvik.example");
  });

  it("keeps answers on the way back, and opens where it was left", async () => {
    const first = await open("/set-up/draft-cirrus", "practice");
    await heading("Test mailbox");
    const field = await screen.findByDisplayValue("anna.berg@fjordvik.example");
    fireEvent.change(field, { target: { value: "maja.lind@fjordvik.example" } });
    await press("Back");
    await heading("Domains to sync");
    await waitFor(async () => {
      const draft = await draftOf(first.backend);
      expect(draft?.inputs["test-mailbox"]).toBe("maja.lind@fjordvik.example");
      expect(draft?.step).toBe("input:domains");
    });
    await press("Next");
    await screen.findByDisplayValue("maja.lind@fjordvik.example");
  });

  it("lets each label tick its own box, and wants at least one", async () => {
    await open("/connectors/totalview", "empty");
    await press("Set up Totalview");
    await heading("What shall Totalview do?");
    const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name: new RegExp(name) });
    fireEvent.click(screen.getByText("E-mail sending"));
    expect([box("Calendar").checked, box("E-mail").checked]).toEqual([true, false]);
    fireEvent.click(screen.getByText("Calendar synchronization"));
    expect([box("Calendar").checked, box("E-mail").checked]).toEqual([false, false]);
    await press("Next");
    await screen.findByText("Choose at least one.");
  });

  it("keeps the ticks of what comes first elsewhere", async () => {
    const { backend } = await open("/connectors/sense", "empty");
    await press("Set up Sense");
    await heading("What is the name in your Sense address?");
    fireEvent.change(screen.getByRole("textbox"), { target: { value: "fjordvik" } });
    for (const next of ["Calendar sync: who may sign in?", "Which of these do you need as well?"]) {
      await press("Next");
      await heading(next);
    }
    const switches = screen.getAllByRole<HTMLInputElement>("switch");
    expect(switches.map((each) => each.checked)).toEqual([false, false, false]);
    for (const next of ["How long shall the secret live?", "Do this first"]) {
      await press("Next");
      await heading(next);
    }
    fireEvent.click(screen.getByText("It is switched on"));
    await waitFor(async () => expect((await draftOf(backend))?.ticks).toEqual(["plan"]));
  });

  it("says beside the field what is wrong, and takes a suggestion with one click", async () => {
    await open("/connectors/visitor-desk", "empty");
    await press("Set up Visitor Desk");
    await press("Next");
    await heading("What is the name in your address?");
    const field = screen.getByRole("textbox");
    fireEvent.change(field, { target: { value: "https://fjordvik.visitordesk.example" } });
    await press("Next");
    await screen.findByText("This is the whole address. Only its first part is needed.");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    await press("Use “fjordvik”");
    await screen.findByDisplayValue("fjordvik");
    await press("Next");
    await heading("Which mailboxes belong to the front desk?");
  });

  it("saves what was typed when the screen is left in the middle of a word", async () => {
    const { backend, router } = await open("/set-up/draft-cirrus", "practice");
    const field = await screen.findByDisplayValue("anna.berg@fjordvik.example");
    fireEvent.change(field, { target: { value: "maj" } });
    await router.navigate({ to: "/home" });
    await waitFor(async () => expect((await draftOf(backend))?.inputs["test-mailbox"]).toBe("maj"));
  });
});
