import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { open, press } from "../../testing/open";

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const pick = async (name: RegExp) => fireEvent.click(await screen.findByRole("radio", { name }));

/** Waits at Microsoft's page as a person does who was stopped there. */
async function stopped() {
  await screen.findByText("Waiting for you to come back");
  expect(screen.queryByText("Did Microsoft show a message?")).toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  await screen.findByRole("heading", { name: "Did Microsoft show a message?" });
}

/** Reconnects, and Microsoft's page ends without an answer. */
async function stoppedAtReconnecting() {
  const opened = await open("/account/connection/personal-sense", "personalWaits");
  const call = vi.spyOn(opened.backend, "call");
  await press("Sign in again");
  await stopped();
  return { ...opened, call };
}

it("turns what the person saw into the letter to the admin", async () => {
  const { call, router } = await stoppedAtReconnecting();
  await pick(/^It asks for an admin/);
  await press("Write to my admin");
  await screen.findByText("An admin has to say yes first");
  expect(call.mock.calls.find(([name]) => name === "approval_ask")?.[1]).toMatchObject({
    connectionId: "personal-sense",
    features: ["calendarRead"],
  });
  expect(router.state.location.pathname).toMatch(/^\/account\/approval\//);
  await waitFor(() => expect(call.mock.calls.some(([name]) => name === "sign_in_cancel")).toBe(true));
});

it("opens the browser once more for another try, and goes on waiting", async () => {
  const { call } = await stoppedAtReconnecting();
  await pick(/^It does not know my account/);
  await screen.findByText("This is for Maja Lind. Pick that account on the page.");
  await press("Try again");
  expect(call.mock.calls.some(([name]) => name === "sign_in_open_again")).toBe(true);
  await screen.findByText("Waiting for you to come back");
});

it("leaves the wait where the answers were wrong", async () => {
  await stoppedAtReconnecting();
  await pick(/^It does not find the app/);
  await press("Stop and check");
  await screen.findByText("About this connection");
});

it("has a next step for each message", async () => {
  await stoppedAtReconnecting();
  const radios = await screen.findAllByRole("radio");
  expect(radios).toHaveLength(6);
  const steps = new Set<string | null>();
  for (const radio of radios) {
    fireEvent.click(radio);
    steps.add((await screen.findAllByRole("status")).map(({ textContent }) => textContent).join("|"));
  }
  expect(steps.size).toBe(6);
});
