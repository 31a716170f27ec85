import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { open, press } from "../../../testing/open";

const PAGE = "/account/approval/approval-morningstar-office";

it("stands on top of My account, with the way to what is to be sent", async () => {
  await open("/account", "personal");
  await press("See what to send for Morningstar Office");
  await screen.findByText("An admin has to say yes first");
});

it("has a letter with the link, the link alone, and a file", async () => {
  const { backend } = await open(PAGE, "personal");
  const call = vi.spyOn(backend, "call");
  const letter = await screen.findByLabelText<HTMLTextAreaElement>("Letter");
  expect(letter.value).toContain("https://login.microsoftonline.com/");
  await press("Copy the letter");
  await press("Copy the link");
  fireEvent.click(screen.getByText("Your admin uses Gatehouse too?"));
  await press("Save the request file");
  await screen.findByText(/^Saved as .*request\.json$/);
  const copies = call.mock.calls.filter(([name]) => name === "approval_copy").map(([, request]) => request);
  expect(copies).toEqual([
    { approvalId: "approval-morningstar-office", linkOnly: false },
    { approvalId: "approval-morningstar-office", linkOnly: true },
  ]);
});

it("says that nobody has agreed yet, and goes to the finished connection once somebody has", async () => {
  await open(PAGE, "personal");
  await press("Look now");
  await screen.findAllByText("Not yet. Nobody has agreed so far.");
  await press("Look now");
  await screen.findByRole("heading", { name: "Morningstar Office is connected" });
});

it("goes there by itself as soon as the application has seen it", async () => {
  const { backend, router } = await open(PAGE, "personal");
  await screen.findByText(/Gatehouse looks by itself/);
  // The application looks twice on its own, and then tells the window that something changed.
  await backend.call("approval_look", "approval-morningstar-office");
  await backend.call("approval_look", "approval-morningstar-office");
  await screen.findByRole("heading", { name: "Morningstar Office is connected" });
  expect(router.state.location.pathname).toMatch(/^\/account\/done\//);
});

it("looks by itself after a sign-in that asks only who one is", async () => {
  const { backend } = await open("/account/connect", "adminMustAgree");
  const stream = vi.spyOn(backend, "stream");
  fireEvent.click(await screen.findByRole("checkbox", { name: /^Calendar/ }));
  await press("Next");
  fireEvent.change(await screen.findByLabelText("Name of the product"), { target: { value: "Sense" } });
  fireEvent.change(screen.getByLabelText("Client ID"), {
    target: { value: "7c1d4b90-52aa-4c0e-9a53-0d8f6f1f2b31" },
  });
  await press("Next");
  await press("Next");
  await press("Go to the practice page");
  await press("Let Gatehouse look by itself");
  await screen.findByText(/Gatehouse looks by itself. It goes on/);
  expect(stream.mock.calls.some(([name]) => name === "approval_watch")).toBe(true);
});

it("is tried again where Gatehouse cannot look", async () => {
  await open(PAGE, "personalClosed");
  await screen.findByText(/Gatehouse cannot look by itself here/);
  await press("Try again now");
  await screen.findByRole("heading", { name: "Morningstar Office is connected" });
});

it("stops waiting only after a question", async () => {
  const { backend } = await open(PAGE, "personal");
  const call = vi.spyOn(backend, "call");
  await press("Stop waiting");
  const dialog = await screen.findByRole("alertdialog");
  expect(call.mock.calls.some(([name]) => name === "approval_forget")).toBe(false);
  fireEvent.click(within(dialog).getByRole("button", { name: "Stop waiting" }));
  await screen.findByText("Connected with your account");
  await waitFor(() => expect(screen.queryByText("Morningstar Office")).toBeNull());
});
