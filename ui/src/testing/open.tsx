import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach } from "vitest";
import { App } from "../App";
import { fakeBackend, fakeClock } from "../backend/fake";
import { router } from "../router";

afterEach(cleanup);

/** Opens the whole window at an address, on the imitation in a scenario. */
export async function open(path: string, scenario: string) {
  const backend = fakeBackend(new URLSearchParams({ scenario, latency: "0" }));
  router.history.push(path);
  render(<App backend={backend} clock={fakeClock} nonce={undefined} />);
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
