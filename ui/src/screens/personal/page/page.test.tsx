import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { open, press } from "../../../testing/open";

const PAGE = "/account/connection/personal-totalview";
const tick = async (name: RegExp) => fireEvent.click(await screen.findByRole("checkbox", { name }));

it("tells connections apart by picture, name, organisation and product", async () => {
  await open("/account", "personal");
  const cards = await screen.findAllByRole("article");
  expect(cards).toHaveLength(3);
  expect(cards[0]?.querySelector("img")?.src).toMatch(/^data:image/);
  expect(within(cards[1] as HTMLElement).getByText("ML")).toBeDefined();
  expect(within(cards[1] as HTMLElement).getByText("Outer Harbour Shipping")).toBeDefined();
  expect(within(cards[1] as HTMLElement).getByText("You are a guest here.")).toBeDefined();
  expect(within(cards[2] as HTMLElement).getByText("Personal account")).toBeDefined();
});

it("has one button when nothing is connected", async () => {
  await open("/account", "user");
  await screen.findByText("No product uses your account yet");
  expect(screen.getAllByRole("button", { name: "Connect a product" })).toHaveLength(1);
});

it("says of each right whether it was asked for, who allowed it, and whether it is in use", async () => {
  await open("/account/connection/personal-sense", "personal");
  await screen.findByText("Allowed: by an admin, for everyone");
  expect(screen.getByText("Asked for: yes")).toBeDefined();
  expect(screen.getByText("In use now: yes")).toBeDefined();
});

it("signs in again with one click, as the same person, with all that was chosen", async () => {
  const { backend } = await open("/account/connection/personal-sense", "personal");
  const stream = vi.spyOn(backend, "stream");
  await screen.findByText("Your password changed, so Microsoft ended this sign-in.");
  expect(screen.getByText("What worked at the last look")).toBeDefined();
  await press("Sign in again");
  await screen.findByRole("heading", { name: "Sense is connected" });
  expect(stream.mock.calls.find(([name]) => name === "personal_connect")?.[1]).toMatchObject({
    connectionId: "personal-sense",
    loginHint: "maja.lind@outer-harbour.example",
    accounts: { kind: "organisation", tenant: "c0ffee00-2b1f-4d55-8a63-9d2f4e6a7b80" },
    features: ["calendarRead"],
  });
});

it("asks Microsoft only for what is new, and names all that it shall be for", async () => {
  const { backend } = await open("/account/change/personal-totalview", "personal");
  const stream = vi.spyOn(backend, "stream");
  await tick(/^Contacts/);
  await screen.findByText("New");
  expect(screen.getByText("It may do this already")).toBeDefined();
  await press("Go to the practice page");
  await screen.findByRole("heading", { name: "Totalview is connected" });
  expect(stream.mock.calls.find(([name]) => name === "personal_connect")?.[1]).toMatchObject({
    connectionId: "personal-totalview",
    features: ["calendarWrite", "mailRead", "mailSend", "contactsRead"],
  });
});

it("needs no browser for less, and shows what is left at Microsoft", async () => {
  const { backend } = await open("/account/change/personal-totalview", "personal");
  const [call, stream] = [vi.spyOn(backend, "call"), vi.spyOn(backend, "stream")];
  await tick(/^Send mail as you/);
  await press("Save");
  await screen.findByText("Still allowed at Microsoft");
  expect(call.mock.calls.find(([name]) => name === "personal_drop")?.[1]).toEqual({
    connectionId: "personal-totalview",
    features: ["mailSend"],
  });
  expect(stream.mock.calls.some(([name]) => name === "personal_connect")).toBe(false);
});

it("changes nothing when nothing, or everything, was taken away", async () => {
  await open("/account/change/personal-home", "personal");
  await press("Save");
  await screen.findByText(/So far nothing is changed/);
  await tick(/^Mail/);
  await tick(/^Contacts/);
  await press("Save");
  await screen.findByText(/Keep at least one/);
});

it("says what disconnecting does before, and what it did after", async () => {
  const { backend } = await open(PAGE, "personal");
  const call = vi.spyOn(backend, "call");
  await press("Disconnect");
  const dialog = await screen.findByRole("alertdialog");
  within(dialog).getByText("On this computer, your saved sign-in is deleted.");
  expect(call.mock.calls.some(([name]) => name === "personal_disconnect")).toBe(false);
  fireEvent.click(within(dialog).getByRole("button", { name: "Disconnect" }));
  await screen.findByText("The sign-in for Totalview was deleted from this computer.");
  await screen.findByText("Microsoft still lists Totalview among your apps.");
  await press("Close");
  await screen.findByText("Connected with your account");
  await waitFor(() => expect(screen.queryByText("Totalview")).toBeNull());
});

it("looks first whether the person took it back, when the person says so", async () => {
  const { backend } = await open(PAGE, "personal");
  const call = vi.spyOn(backend, "call");
  await press("Disconnect");
  const dialog = await screen.findByRole("alertdialog");
  fireEvent.click(within(dialog).getByRole("checkbox", { name: /^I took it off/ }));
  fireEvent.click(within(dialog).getByRole("button", { name: "Disconnect" }));
  await screen.findByText("Microsoft no longer lets Totalview act for you.");
  expect(call.mock.calls.find(([name]) => name === "personal_disconnect")?.[1]).toEqual({
    connectionId: "personal-totalview",
    lookFirst: true,
  });
});

it("copies a token through the application, and never has it on the page", async () => {
  const { backend } = await open(PAGE, "personal");
  const call = vi.spyOn(backend, "call");
  fireEvent.click(await screen.findByText("When the product asks you for something"));
  await press("Copy the token");
  await screen.findByText(/^Copied. Cleared from the clipboard in/);
  const copied = call.mock.results[call.mock.calls.findIndex(([name]) => name === "personal_copy_token")];
  expect(await copied?.value).toEqual({ clearedInSeconds: 30 });
});

it("opens what is locked away through the one gate of the window", async () => {
  await open(PAGE, "personalClosed");
  await screen.findByText("Waits until your saved sign-in can be read");
  await screen.findByRole("button", { name: "Open your saved sign-in" });
});
