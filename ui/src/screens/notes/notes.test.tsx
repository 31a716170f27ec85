import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { appIdOf } from "../../backend/fake/inventoryApps";
import { open, press } from "../../testing/open";

const APP = `/apps/${appIdOf(1)}`;
const SECRET = "abc8Q~3HnJ.xYz0-pretend-value-0123456789";

const write = async (text: string) => {
  await press("Write a note");
  fireEvent.change(await screen.findByLabelText("Your note"), { target: { value: text } });
};

describe("notes about an app", () => {
  it("say who wrote them and when; a new one stands first", async () => {
    await open(APP, "practice");
    const list = await screen.findByRole("list", { name: "Notes" });
    within(list).getByText(/two days’ notice/);
    within(list).getByText(/^Noor Haddad, /);
    await write("Ask Karim first.");
    await press("Save the note");
    await waitFor(() => {
      const all = within(screen.getByRole("list", { name: "Notes" })).getAllByRole("listitem");
      expect(all).toHaveLength(3);
      expect(all[0]?.textContent).toContain("Ask Karim first.");
    });
  });

  it("warn of what looks like a secret, and keep it only when that is said again", async () => {
    const { backend } = await open(APP, "practice");
    const call = vi.spyOn(backend, "call");
    await write(`The new one: ${SECRET}`);
    await press("Save the note");
    await screen.findByText(/A part of this looks like a secret/);
    expect(call.mock.calls.filter(([name]) => name === "note_save")).toHaveLength(0);
    await press("Keep it anyway");
    await screen.findByText("Looks like a secret. It is not handed on.");
    expect(call).toHaveBeenCalledWith("note_save", expect.objectContaining({ anyway: true }));
  });

  it("do not warn any more once the secret is gone", async () => {
    await open(APP, "practice");
    await write(SECRET);
    await press("Save the note");
    await screen.findByText(/A part of this looks like a secret/);
    fireEvent.change(screen.getByLabelText("Your note"), { target: { value: "In 1Password." } });
    expect(screen.queryByText(/looks like a secret/)).toBeNull();
    await press("Save the note");
    await screen.findByText("In 1Password.");
  });

  it("are changed and taken away", async () => {
    await open(APP, "practice");
    await press("Change the note by Noor Haddad");
    const field = await screen.findByLabelText<HTMLTextAreaElement>("Your note");
    expect(field.maxLength).toBe(2_000);
    fireEvent.change(field, { target: { value: "Three days’ notice." } });
    await press("Save the note");
    await screen.findByText("Three days’ notice.");
    await waitFor(() => expect(screen.queryByText(/two days’ notice/)).toBeNull());
    const [first] = await screen.findAllByRole("button", { name: /^Remove the note by/ });
    fireEvent.click(first as HTMLElement);
    const dialog = await screen.findByRole("alertdialog");
    fireEvent.click(within(dialog).getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(screen.queryByText("Three days’ notice.")).toBeNull());
  });

  it("stand on a set-up too", async () => {
    await open("/connections/connection-totalview", "practice");
    await write("The vendor’s contact is Ms Lund.");
    await press("Save the note");
    await screen.findByText("The vendor’s contact is Ms Lund.");
  });
});
