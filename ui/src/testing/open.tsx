import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, vi } from "vitest";
import { App } from "../App";
import { fakeBackend, fakeClock } from "../backend/fake";
import { router } from "../router";
import { takeBackWhatNoDialogHides } from "../shell/hiddenWithoutDialog";

let stopLooking = () => {};
afterEach(() => {
  stopLooking();
  cleanup();
});

// Whole screens are opened here, on machines that do other things too. What is not there yet is waited for, never timed.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
// The pretend browser rejects animations that are cut short; without them, Fluent shows everything at once.
Reflect.deleteProperty(Element.prototype, "animate");

/** Opens the whole window at an address, on the imitation in a scenario. */
export async function open(path: string, scenario: string) {
  const backend = fakeBackend(new URLSearchParams({ scenario, latency: "0" }));
  router.history.push(path);
  const { container } = render(<App backend={backend} clock={fakeClock} nonce={undefined} />);
  stopLooking = takeBackWhatNoDialogHides(container);
  await router.load();
  return { backend, router };
}

/** Presses a button once it can be pressed. */
export async function press(name: string) {
  const button = await screen.findByRole("button", { name });
  await waitFor(() => {
    if (button.hasAttribute("disabled")) throw new Error(`“${name}” cannot be pressed`);
  });
  fireEvent.click(button);
}
