import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { open, press } from "../../../testing/open";

const ID = "7c1d4b90-52aa-4c0e-9a53-0d8f6f1f2b31";

const type = async (label: string | RegExp, value: string) =>
  fireEvent.change(await screen.findByLabelText(label), { target: { value } });
const tick = async (name: RegExp) => fireEvent.click(await screen.findByRole("checkbox", { name }));

/** Answers all questions up to Microsoft's page. */
async function answer() {
  await tick(/^Calendar/);
  fireEvent.click(await screen.findByRole("radio", { name: "Look and change" }));
  await tick(/^Send mail as you/);
  await press("Next");
  await type("Name of the product", "Totalview");
  await type("Client ID", ID);
  await press("Next");
  fireEvent.click(await screen.findByRole("radio", { name: /^A personal account/ }));
  await press("Next");
  await screen.findByText("Microsoft adds this each time");
}

it("asks one thing at a time, shows each right before Microsoft does, and proves what works", async () => {
  const { backend } = await open("/account/connect", "personal");
  const stream = vi.spyOn(backend, "stream");
  await answer();
  expect(screen.getByText("See and change your calendar")).toBeDefined();
  expect(screen.getByText("Send mail as you")).toBeDefined();
  expect(stream.mock.calls.filter(([name]) => name === "personal_connect")).toEqual([]);
  await press("Go to the practice page");
  await screen.findByRole("heading", { name: "Totalview is connected" });
  await screen.findByText("Today, 11:00: Stand-up");
  expect(stream.mock.calls.find(([name]) => name === "personal_connect")?.[1]).toEqual({
    cloud: "practice",
    clientId: ID,
    accounts: { kind: "personal" },
    features: ["calendarWrite", "mailSend"],
    connectionId: null,
    loginHint: null,
    product: "Totalview",
  });
});

it("sends a test message only when one asks for it", async () => {
  const { backend } = await open("/account/connect", "personal");
  const call = vi.spyOn(backend, "call");
  await answer();
  await press("Go to the practice page");
  await screen.findByRole("heading", { name: "Totalview is connected" });
  expect(call.mock.calls.some(([name]) => name === "personal_test_message")).toBe(false);
  await press("Send a test message to yourself");
  await screen.findByText("A test message went to maja.lind@fjordvik.example.");
});

it("does not go on without an answer, and says what is missing", async () => {
  await open("/account/connect", "personal");
  await screen.findByText("What shall it do for you?");
  await press("Next");
  await screen.findByText("Choose at least one.");
  await tick(/^Contacts/);
  await press("Next");
  await type("Name of the product", " ");
  await type("Client ID", "my-client");
  await press("Next");
  await screen.findByText("Give it a name, so that you find it again.");
  await screen.findByText(/This is not a client ID/);
});

it("keeps the answers when one cancels at Microsoft's page", async () => {
  const { backend } = await open("/account/connect", "personalWaits");
  const call = vi.spyOn(backend, "call");
  await answer();
  await press("Go to the practice page");
  await screen.findByText("Waiting for you to come back");
  await press("Cancel");
  await screen.findByText("Send mail as you");
  expect(call.mock.calls.some(([name]) => name === "sign_in_cancel")).toBe(true);
  await press("Back");
  expect(
    (await screen.findByRole("radio", { name: /^A personal account/ })).getAttribute("checked"),
  ).not.toBe(undefined);
});

it("says who was expected and who came, and tries again with one button", async () => {
  const { backend } = await open("/account/connect", "wrongPerson");
  const stream = vi.spyOn(backend, "stream");
  await answer();
  await press("Go to the practice page");
  await screen.findByText(/Maja Lind .* was expected. Anna Berg .* came/);
  await press("Use another account");
  await screen.findByText("Go on in your browser");
  await waitFor(() =>
    expect(stream.mock.calls.filter(([name]) => name === "personal_connect")).toHaveLength(2),
  );
});

it("goes to what to send to an admin when an admin must agree", async () => {
  await open("/account/connect", "adminMustAgree");
  await answer();
  await press("Go to the practice page");
  await screen.findByText("An admin has to say yes first");
  expect((await screen.findByLabelText<HTMLTextAreaElement>("Letter")).value).toContain("adminconsent");
});
