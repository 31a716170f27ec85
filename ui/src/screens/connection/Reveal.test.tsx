import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Backend } from "../../backend/Backend";
import { newQueryClient } from "../../backend/queries";
import { around } from "../../testing/around";
import { Reveal } from "./Reveal";

const VALUE = "Q7x8Q~canary.of.the.reveal";
const which = { connectionId: "c", fieldId: "secret" };

function show() {
  const client = newQueryClient();
  const call = vi.fn(async () => ({ value: VALUE, hideAfterSeconds: 30 }));
  const backend = { call, stream: call } as unknown as Backend;
  const view = render(<Reveal which={which} label="Secret" copy={null} />, {
    wrapper: around(backend, client),
  });
  return { ...view, client, call };
}

const reveal = () => act(async () => fireEvent.click(screen.getByRole("button", { name: "Reveal Secret" })));
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

describe("a revealed secret", () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"],
    });
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it("is not on the page unasked", () => {
    const { container, call } = show();
    expect(call).not.toHaveBeenCalled();
    expect(container.textContent).toContain("Hidden.");
  });

  it("counts down and hides itself", async () => {
    const { container } = show();
    await reveal();
    expect(container.textContent).toContain(VALUE);
    expect(container.textContent).toContain("Hides in 30 s");
    await pass(10_000);
    expect(container.textContent).toContain("Hides in 20 s");
    await pass(19_900);
    expect(container.textContent).toContain(VALUE);
    await pass(200);
    expect(container.innerHTML).not.toContain(VALUE);
    expect(screen.getByRole("button", { name: "Reveal Secret" })).toBeDefined();
  });

  it("hides at once when asked, and a later view is a new node", async () => {
    const { container } = show();
    await reveal();
    const first = screen.getByText(VALUE);
    fireEvent.click(screen.getByRole("button", { name: "Hide Secret" }));
    expect(container.innerHTML).not.toContain(VALUE);
    await reveal();
    expect(screen.getByText(VALUE)).not.toBe(first);
    await pass(30_000);
    expect(container.innerHTML).not.toContain(VALUE);
  });

  it("is kept by no cache", async () => {
    const { client } = show();
    await reveal();
    const kept = [client.getQueryCache().getAll(), client.getMutationCache().getAll()]
      .flat()
      .map((each) => JSON.stringify(each.state));
    expect(kept.join()).not.toContain(VALUE);
  });

  it("goes when the view is left", async () => {
    const { unmount } = show();
    await reveal();
    unmount();
    expect(document.body.innerHTML).not.toContain(VALUE);
  });
});
