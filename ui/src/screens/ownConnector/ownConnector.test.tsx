import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { open, press } from "../../testing/open";

async function paste(text: string) {
  fireEvent.change(await screen.findByRole("textbox", { name: "Text of the file", hidden: true }), {
    target: { value: text },
  });
  fireEvent.click(screen.getByRole("button", { name: "Read it", hidden: true }));
}

describe("a connector from a file", () => {
  it("is read out first, with what is dangerous off, and takes in only what was switched on", async () => {
    const { backend } = await open("/connectors/own/file", "empty");
    await paste('format = 1\nname = "Parcel Desk"\n');
    await screen.findByText("What it does");
    const switches = screen.getAllByRole<HTMLInputElement>("switch");
    expect(switches.map(({ checked }) => checked)).toEqual([true, false, false]);
    fireEvent.click(screen.getByRole("switch", { name: "Send mail as anyone in the organisation" }));
    const call = vi.spyOn(backend, "call");
    await press("Add this connector");
    await vi.waitFor(() => expect(call.mock.calls.some(([name]) => name === "connector_import")).toBe(true));
    const [, request] = call.mock.calls.find(([name]) => name === "connector_import") ?? [];
    expect((request as { permissionsOn: string[] }).permissionsOn).toHaveLength(2);
  });

  it("cannot be added while something is wrong with it", async () => {
    await open("/connectors/own/file", "empty");
    await paste("<html>");
    await screen.findByText("2 things are wrong with this text");
    expect(screen.queryByRole("button", { name: "Add this connector" })).toBeNull();
  });
});

describe("a connector that is built", () => {
  it("row_b6_names offers the right name for a wrong one", async () => {
    await open("/connectors/own/build", "empty");
    fireEvent.change(await screen.findByLabelText("Permission"), { target: { value: "Email.Send" } });
    await press("Use “Mail.Send”");
    await screen.findByText("Send mail as anyone in the organisation");
    expect(screen.getByLabelText("Permission")).toHaveProperty("value", "Mail.Send");
  });

  it("keeps what was typed when one comes back from the review", async () => {
    await open("/connectors/own/build", "empty");
    fireEvent.change(await screen.findByLabelText(/^Name/), { target: { value: "Parcel Desk" } });
    await press("Show what it means");
    await screen.findByRole("button", { name: "Add this connector" });
    await press("Back");
    expect(await screen.findByLabelText(/^Name/)).toHaveProperty("value", "Parcel Desk");
  });
});

it("an own connector can be saved as a file, and removed", async () => {
  const { router } = await open("/connectors/visitor-desk", "empty");
  await press("Save as a file");
  await screen.findAllByText(/^Saved as .*visitor-desk/);
  await press("Remove this connector");
  await press("Remove");
  await vi.waitFor(() => expect(router.state.location.pathname).toBe("/connectors"));
  await screen.findByText("Certero for Microsoft 365");
  expect(screen.queryByText("Visitor Desk")).toBeNull();
});
