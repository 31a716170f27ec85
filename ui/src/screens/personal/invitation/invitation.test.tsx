import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { BackendError } from "../../../backend/Backend";
import { fakeBackend } from "../../../backend/fake";
import { failure } from "../../../backend/fake/failures";
import { INVITATION, INVITATION_LINK } from "../../../backend/fake/invitations";
import { open, press } from "../../../testing/open";

it("opens by itself, shows all that it asks for, and fills in the whole connection", async () => {
  const { backend } = await open("/home", "invited");
  const stream = vi.spyOn(backend, "stream");
  await screen.findByText("You are asked to connect Totalview");
  await screen.findByText(/Nobody can tell who sent this/);
  expect(screen.getByText("See your calendar")).toBeDefined();
  expect(screen.getByText("Send mail as you")).toBeDefined();
  expect(screen.getByText(INVITATION.greeting)).toBeDefined();
  expect(stream.mock.calls.some(([name]) => name === "personal_connect")).toBe(false);
  await press("Go on");
  await screen.findByText("Step 4 of 4");
  await press("Go to the practice page");
  await screen.findByRole("heading", { name: "Totalview is connected" });
  expect(stream.mock.calls.find(([name]) => name === "personal_connect")?.[1]).toMatchObject({
    clientId: INVITATION.clientId,
    features: INVITATION.features,
    accounts: INVITATION.accounts,
    product: INVITATION.product,
  });
});

it("goes through the door that fits when none was chosen yet", async () => {
  const { backend } = await open("/welcome", "invitedFresh");
  const call = vi.spyOn(backend, "call");
  await screen.findByText("You are asked to connect Totalview");
  expect(call.mock.calls.find(([name]) => name === "space_enter")?.[1]).toBe("practice");
});

it("is shown once, and not again on the next page", async () => {
  const { router } = await open("/home", "invited");
  await screen.findByText("You are asked to connect Totalview");
  await press("Leave it");
  await screen.findByText("No product uses your account yet");
  await waitFor(() => expect(router.state.location.pathname).toBe("/account"));
});

it("is pasted where no link opens, and says what is wrong with what is none", async () => {
  await open("/account", "user");
  await press("Read it");
  await screen.findByText("Paste the link first.");
  fireEvent.change(await screen.findByLabelText("Link from the message"), { target: { value: "hello" } });
  await press("Read it");
  await screen.findByText("This is not an invitation.");
  await press("My account");
  fireEvent.change(await screen.findByLabelText("Link from the message"), {
    target: { value: ` ${INVITATION_LINK} ` },
  });
  await press("Read it");
  await screen.findByText("You are asked to connect Totalview");
});

it("only adds to a connection that is there already", async () => {
  const { router } = await open("/account/invitation?text=gatehouse", "personal");
  await screen.findByText(/You have connected this product before/);
  await press("Go on");
  await screen.findByText("Change what Totalview may do");
  expect(router.state.location.pathname).toBe("/account/change/personal-totalview");
  // The invitation wants to look at the calendar; that it may already change it is not taken away.
  expect(
    screen.getByRole<HTMLInputElement>("radio", { name: "Look and change", checked: true }),
  ).toBeDefined();
});

it("shows hostile text as text", async () => {
  const hostile = { ...INVITATION, product: "<img src=x onerror=alert(1)>", greeting: "<b>bold</b>" };
  const backend = fakeBackend(new URLSearchParams({ scenario: "user", latency: "0" }));
  const review = await backend.call("invitation_open", "gatehouse");
  const opened = await open("/account", "user");
  vi.spyOn(opened.backend, "call").mockImplementation(async (name: string, ...rest: unknown[]) =>
    name === "invitation_open"
      ? { ...review, invitation: hostile }
      : backend.call(name as "app_status", rest[0] as null),
  );
  opened.router.history.push("/account/invitation?text=gatehouse");
  await screen.findByText("You are asked to connect <img src=x onerror=alert(1)>");
  expect(screen.getByText("<b>bold</b>")).toBeDefined();
  expect(document.querySelector("main img")).toBeNull();
});

it("is made from what an admin answers, and can be copied or saved", async () => {
  const { backend } = await open("/account/invite", "practice");
  const call = vi.spyOn(backend, "call");
  await press("Make the invitation");
  await screen.findByText("Choose at least one.");
  fireEvent.change(screen.getByLabelText("What is the product called?"), { target: { value: "Totalview" } });
  fireEvent.change(screen.getByLabelText("Client ID"), { target: { value: INVITATION.clientId } });
  fireEvent.click(screen.getByRole("checkbox", { name: /^Calendar/ }));
  fireEvent.change(screen.getByLabelText("A few words from you"), { target: { value: "Hello!" } });
  await press("Make the invitation");
  await screen.findByText("The invitation is ready");
  expect(call.mock.calls.find(([name]) => name === "invitation_make")?.[1]).toEqual({
    cloud: "practice",
    clientId: INVITATION.clientId,
    accounts: { kind: "organisation", tenant: "fjordvik.example" },
    features: ["calendarRead"],
    product: "Totalview",
    organisation: "Fjordvik Foods",
    greeting: "Hello!",
  });
  expect(screen.getByText(INVITATION_LINK)).toBeDefined();
  await press("Save as a file");
  await screen.findByText(/^Saved as/);
  await press("Change it");
  expect((await screen.findByLabelText<HTMLInputElement>("What is the product called?")).value).toBe(
    "Totalview",
  );
});

it("says at its question what the application found wrong with it", async () => {
  const { backend } = await open("/account/invite", "practice");
  const found = "The greeting makes the link too long. Make it shorter.";
  const error = failure(
    "answersNeedAttention",
    ["Some answers need another look.", found, "Look at them."],
    null,
  );
  const call = backend.call.bind(backend);
  vi.spyOn(backend, "call").mockImplementation(((name: "app_status", request: null) =>
    (name as string) === "invitation_make"
      ? Promise.reject(
          new BackendError({ ...error, issues: [{ input: "greeting", sentence: found, suggestion: null }] }),
        )
      : call(name, request)) as typeof backend.call);
  fireEvent.change(await screen.findByLabelText("What is the product called?"), {
    target: { value: "Totalview" },
  });
  fireEvent.change(screen.getByLabelText("Client ID"), { target: { value: INVITATION.clientId } });
  fireEvent.click(screen.getByRole("checkbox", { name: /^Calendar/ }));
  await press("Make the invitation");
  const greeting = await screen.findByLabelText("A few words from you");
  await waitFor(() => expect(greeting.getAttribute("aria-invalid")).toBe("true"));
  expect(screen.getAllByText(found).length).toBeGreaterThan(0);
});
