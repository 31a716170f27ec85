import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { open, press } from "../../testing/open";

it("row_e7_authorize gets a token, says what it allows and for how long, and copies it without showing it", async () => {
  const { backend } = await open("/connections/connection-certero#handOver", "guides");
  await press("Authorize");
  await screen.findByText("The address http://localhost is on the registration while this lasts.");
  await screen.findByText("It works for about an hour, until 10:46.", undefined, { timeout: 8_000 });
  screen.getByText("The address http://localhost was taken off the registration again.");
  const call = vi.spyOn(backend, "call");
  await press("Copy the token");
  await screen.findByText(/^Copied\. Cleared from the clipboard in/);
  expect(call.mock.calls).toContainEqual(["authorize_copy_token", "token-1"]);
});

it("row_e6_reports says what showing names means before it leads to the plan", async () => {
  const { router } = await open("/connections/connection-certero#reports", "guides");
  await screen.findByText(/Everybody who may read usage reports/);
  await press("Show names");
  await screen.findByRole("button", { name: "Go ahead" });
  expect(router.state.location.search).toMatchObject({ request: { kind: "reportNames", show: true } });
});

it("row_d9_waiting says that Microsoft still spreads the change, and when it is tested again", async () => {
  await open("/connections/connection-certero", "guides");
  await screen.findByText(/Microsoft is still spreading the change/);
  await screen.findByText(/^Tested again by itself in/);
});
