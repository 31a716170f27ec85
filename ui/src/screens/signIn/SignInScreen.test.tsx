import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { BackendError } from "../../backend/Backend";
import { OFFLINE } from "../../backend/fake/failures";
import { ANNA } from "../../backend/fake/people";
import type { SignInEvent } from "../../contract/types";
import { open, press } from "../../testing/open";

it("goes from the choice through the browser to Home", async () => {
  await open("/sign-in", "signedOut");
  await press("Sign in to practise");
  await screen.findByText("Waiting for you to come back");
  await screen.findByText("Nothing needs you right now", undefined, { timeout: 5_000 });
});

it("sends the chosen person as a hint and the organisation's own client", async () => {
  const { backend } = await open("/sign-in", "signInWaits");
  const stream = vi.spyOn(backend, "stream");
  fireEvent.click(await screen.findByRole("radio", { name: /Karim Haddad/ }));
  await press("Sign in to practise");
  await waitFor(() => expect(stream).toHaveBeenCalled());
  expect(stream.mock.calls[0]?.slice(0, 2)).toEqual([
    "sign_in_start",
    {
      cloud: "practice",
      client: { kind: "registered", clientId: ANNA.clientId, tenant: ANNA.tenantId },
      accountId: null,
      purpose: "setUp",
      also: [],
      loginHint: "karim.haddad@fjordvik.example",
    },
  ]);
});

it("ends the wait at the application when the person cancels, and offers the choice again", async () => {
  const { backend } = await open("/sign-in", "signInWaits");
  const call = vi.spyOn(backend, "call");
  await press("Sign in to practise");
  await screen.findByText("Waiting for you to come back");
  await press("Cancel");
  await screen.findByText("Who do you want to be?");
  expect(call.mock.calls.some(([name]) => name === "sign_in_cancel")).toBe(true);
});

it("ends a sign-in at the application that was cancelled before it had begun", async () => {
  const { backend } = await open("/sign-in", "signInWaits");
  let begun: (started: { signInId: string; endsAt: string }) => void = () => undefined;
  vi.spyOn(backend, "stream").mockImplementation(
    () => new Promise((done) => (begun = done as unknown as typeof begun)),
  );
  const call = vi.spyOn(backend, "call");
  await press("Sign in to practise");
  await press("Cancel");
  begun({ signInId: "late", endsAt: "2026-11-20T10:00:00Z" });
  await waitFor(() => expect(call.mock.calls).toContainEqual(["sign_in_cancel", "late"]));
});

it("says why a sign-in was declined, and tries the same again", async () => {
  const { backend } = await open("/sign-in", "signInFails");
  await press("Sign in to practise");
  await screen.findByText("Nothing was allowed.", undefined, { timeout: 5_000 });
  const stream = vi.spyOn(backend, "stream");
  await press("Try again");
  await waitFor(() => expect(stream.mock.calls[0]?.[0]).toBe("sign_in_start"));
});

it("shows a stray answer without ending the wait", async () => {
  const { backend } = await open("/sign-in", "signedOut");
  let send: (event: SignInEvent) => void = () => {};
  vi.spyOn(backend, "stream").mockImplementation(async (_name, _request, onEvent) => {
    send = onEvent as (event: SignInEvent) => void;
    return { signInId: "s1", endsAt: "2099-01-01T00:00:00Z" } as never;
  });
  await press("Sign in to practise");
  await screen.findByText("Waiting for you to come back");
  send({ kind: "strayAnswer", sentence: "A page opened that was not the answer." });
  await screen.findByText("A page opened that was not the answer.");
  expect(screen.getByText("Waiting for you to come back")).toBeDefined();
});

it("comes back with the reason when the sign-in cannot even begin", async () => {
  const { backend } = await open("/sign-in", "signedOut");
  vi.spyOn(backend, "stream").mockRejectedValue(new BackendError(OFFLINE));
  await press("Sign in to practise");
  await screen.findByText("There is no connection.");
});

it("leads from Microsoft's own client to the plan of the organisation's own registration", async () => {
  const { router } = await open("/sign-in", "realSignedOut");
  fireEvent.click(await screen.findByRole("radio", { name: /does not use Gatehouse yet/ }));
  await press("Sign in with Microsoft");
  await screen.findByText("Tick this to go on, or choose another way.");
  fireEvent.click(screen.getByRole("checkbox"));
  await press("Sign in with Microsoft");
  await waitFor(() => expect(router.state.location.pathname).toBe("/plan"), { timeout: 5_000 });
  expect(router.state.location.search).toEqual({
    request: { kind: "ownRegistration", accountId: "account-bootstrap" },
  });
});
