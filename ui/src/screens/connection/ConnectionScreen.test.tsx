import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { open, press } from "../../testing/open";
import { looksLikeSecret } from "./looksLikeSecret";

const handOver = "/connections/connection-totalview#handOver";

describe("the hand-over", () => {
  it("has the vendor's fields in the vendor's order, each with Copy", async () => {
    await open(handOver, "practice");
    await screen.findByRole("group", { name: "Sender from-address" });
    const copies = screen
      .getAllByRole("button", { name: /^Copy / })
      .map((each) => each.getAttribute("aria-label"));
    expect(copies).toEqual([
      "Copy Tenant id",
      "Copy Client id",
      "Copy Secret",
      "Copy Mail tenant id",
      "Copy Mail client id",
      "Copy Mail client secret",
      "Copy Sender from-address",
    ]);
  });

  it("says when the clipboard is cleared", async () => {
    await open(handOver, "practice");
    await screen.findByRole("group", { name: "Sender from-address" });
    await press("Copy Secret");
    await screen.findByText(/^Copied\. Cleared from the clipboard in (30|29) s$/);
  });

  it("never shows the id of the secret beside the secret", async () => {
    const { backend } = await open(handOver, "practice");
    await screen.findByRole("group", { name: "Sender from-address" });
    const connection = await backend.call("connection", "connection-totalview");
    for (const { secret } of connection.registrations) {
      expect(document.body.textContent).not.toContain(secret?.keyId);
    }
  });

  it("asks where the secret is kept, and warns when one leaves without an answer", async () => {
    const { router } = await open(handOver, "practice");
    await screen.findByRole("group", { name: "Sender from-address" });
    void router.navigate({ to: "/home" });
    const dialog = await screen.findByRole("alertdialog");
    within(dialog).getByText("You have not noted where the secret is");
    fireEvent.click(within(dialog).getByRole("button", { name: "Stay" }));
    expect(router.state.location.pathname).toBe("/connections/connection-totalview");

    for (const name of ["Totalview Calendar Synchronization", "Totalview E-Mail Sending"]) {
      const field = await screen.findByLabelText(`Place of the secret of ${name}`);
      fireEvent.change(field, { target: { value: "IT vault" } });
      fireEvent.submit(field);
      await waitFor(() => expect(screen.queryByLabelText(`Place of the secret of ${name}`)).toBeNull());
    }
    await router.navigate({ to: "/home" });
    await waitFor(() => expect(router.state.location.pathname).toBe("/home"));
  });

  it("prints everything but the secret", async () => {
    const print = vi.fn();
    vi.stubGlobal("print", print);
    await open(handOver, "practice");
    await screen.findByRole("group", { name: "Sender from-address" });
    await press("Reveal Secret");
    await screen.findByText(/^Hides in/);
    await press("Print without the secret");
    expect(print).toHaveBeenCalledOnce();
    const paper = document.querySelector("body[data-sheet] > [data-paper]")?.textContent;
    expect(paper).toContain("8f4f2a52-0c1d-4e0b-9d6a-6b1f3a7d9e21");
    expect(paper).not.toContain("pretend.secret");
    vi.unstubAllGlobals();
  });

  it("leaves nothing to print behind", async () => {
    const { router } = await open("/connections/connection-totalview#handOver", "practice");
    await screen.findByRole("group", { name: "Sender from-address" });
    fireEvent.click(screen.getByRole("link", { name: "History" }));
    await waitFor(() => expect(router.state.location.hash).toBe("history"));
    await waitFor(() => expect(document.querySelector("[data-paper]")).toBeNull());
    expect(document.body.dataset.sheet).toBeUndefined();
  });
});

describe("a place", () => {
  it.each([
    ["Q7x8Q~abcdefghijklmnopqrstuvwxyz0123456", true],
    ["2f6e9c1e-7a4d-4b0e-9c38-2d61f0a79a41", false],
    ["Vault of the IT team, entry Totalview 2026", false],
    ["https://vault.example.com/entries/totalview-2026", false],
    ["Keepass", false],
  ])("%s looks like a secret: %s", (words, looks) => {
    expect(looksLikeSecret(words)).toBe(looks);
  });
});

describe("for another person", () => {
  it("is there while a grant is missing, with a message, a link and a file", async () => {
    await open("/connections/connection-waiting", "badDays");
    await press("Get the message");
    await screen.findByRole("button", { name: "Copy the message" });
    await press("Save the file");
    expect(await screen.findAllByText(/^Saved as /)).not.toHaveLength(0);
  });
});

describe("the secrets of a connection", () => {
  it("lead to what takes their place", async () => {
    await open("/connections/connection-totalview", "practice");
    await press("Renew Totalview Calendar Synchronization");
    await screen.findByRole("dialog", { name: "Renew secret “Totalview”" });
  });
});
