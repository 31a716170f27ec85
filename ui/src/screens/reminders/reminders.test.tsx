import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { open, press } from "../../testing/open";
import { groupOf, tidyDays } from "./order";

describe("days before an end", () => {
  it("stand once each, the earliest warning first, within reason", () => {
    expect(tidyDays([1, 60, 0, 60, 30, -3, 1.5, 9_999, Number.NaN])).toEqual([60, 30, 1, 0]);
  });

  it("are switched on and off, and saved at once", async () => {
    const { backend } = await open("/reminders#settings", "practice");
    await press("14 days");
    await waitFor(async () =>
      expect((await backend.call("reminders", null)).settings.days).toEqual([60, 30, 7, 1, 0]),
    );
    fireEvent.change(screen.getByLabelText(/^Another number of days/), { target: { value: "45" } });
    await press("Add");
    await waitFor(async () =>
      expect((await backend.call("reminders", null)).settings.days).toEqual([60, 45, 30, 7, 1, 0]),
    );
  });
});

describe("reminders", () => {
  it("need the person until they are taken care of or put off", () => {
    expect(groupOf({ state: { kind: "missed" } })).toBe("now");
    expect(groupOf({ state: { kind: "sent", at: "" } })).toBe("now");
    expect(groupOf({ state: { kind: "snoozed", until: "" } })).toBe("next");
    expect(groupOf({ state: { kind: "done" } })).toBe("past");
  });

  it("are put off and ticked in place", async () => {
    await open("/reminders", "practice");
    await press("Later: Secret “expenses” of Expense approvals");
    fireEvent.click(await screen.findByRole("button", { name: "In 3 days" }));
    await screen.findByText("Put off until 23 Nov", { exact: false });
    await press("Done: Secret “prod-1” of Payroll export");
    const past = await screen.findByRole("list", { name: "Taken care of" });
    await within(past).findByText("Secret “prod-1” of Payroll export");
  });

  it("say from when they are when nothing could be read since", async () => {
    await open("/reminders", "stale");
    await screen.findByText(/These reminders come from what was read on 14 November/);
  });
});

describe("the ways to be reminded", () => {
  it("cannot be switched on where the machine has none", async () => {
    await open("/reminders#settings", "practice");
    const tray = await screen.findByRole("switch", { name: "A symbol in the system’s tray" });
    expect((tray as HTMLInputElement).disabled).toBe(true);
    screen.getByText(/This desktop has no tray/);
  });

  it("keep the address for messages away from the page", async () => {
    const { backend } = await open("/reminders#settings", "practice");
    const call = vi.spyOn(backend, "call");
    fireEvent.click(await screen.findByRole("switch", { name: "Messages to an address on the web" }));
    const input = (await screen.findByLabelText("The address")) as HTMLInputElement;
    expect(input.type).toBe("password");
    fireEvent.change(input, { target: { value: "https://hooks.example/secret" } });
    await press("Keep the address");
    await screen.findByRole("button", { name: "Forget the address" });
    expect(call).toHaveBeenCalledWith("reminder_webhook_set", { url: "https://hooks.example/secret" });
    expect((screen.getByLabelText("The address") as HTMLInputElement).value).toBe("");
  });

  it("are tried, and each result is told as it was", async () => {
    await open("/reminders#settings", "practice");
    await press("Send a trial of each");
    const list = await screen.findByRole("list", { name: "Does it reach you?" });
    expect(within(list).getAllByText("Arrived")).toHaveLength(2);
    within(list).getByText("Handed over");
    within(list).getByText(/only you can see/);
    within(list).getByText("Switched off");
  });
});

describe("handing on", () => {
  const file = (text: string) => {
    const input = document.querySelector<HTMLInputElement>('input[type="file"]');
    if (input === null) throw new Error("no file can be opened");
    fireEvent.change(input, { target: { files: [new File([text], "hand-on.json")] } });
  };

  it("shows what is in a file before anything is taken over", async () => {
    const { backend } = await open("/reminders#handOn", "practice");
    const call = vi.spyOn(backend, "call");
    await screen.findByText("Take over from a colleague");
    file("{}");
    await screen.findByText(/From Karim Haddad/);
    expect(call.mock.calls.some(([name]) => name === "hand_on_accept")).toBe(false);
    await press("Take it over");
    await screen.findByText(/^Taken over\./);
  });

  it("takes nothing over from another organisation", async () => {
    await open("/reminders#handOn", "practice");
    await screen.findByText("Take over from a colleague");
    file("elsewhere");
    await screen.findByText("This file is for another organisation.");
    expect(screen.queryByRole("button", { name: "Take it over" })).toBeNull();
  });
});
