import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { withLayout } from "../../testing/layout";
import { open, press } from "../../testing/open";
import { EVERYTHING, rememberView } from "./view";

withLayout(1120, 700);
afterEach(() => {
  rememberView(EVERYTHING);
  localStorage.clear();
});

const ENDED = {
  rule: "expiredLeftBehind" as const,
  appId: null,
  text: "",
  ignored: false,
  offset: 0,
  limit: 500,
};
const rows = () => screen.getAllByRole("row").filter((row) => row.hasAttribute("data-row"));
const row = (name: string) => screen.findByRole("row", { name: new RegExp(name) });

describe("apps and secrets", () => {
  it("draws only what is in view of 50,000, and asks only for those windows", async () => {
    const { backend } = await open("/apps", "many");
    const call = vi.spyOn(backend, "call");
    const grid = await screen.findByRole("grid");
    await row("Old telephone system");
    expect(grid.getAttribute("aria-rowcount")).toBe("50001");
    expect(rows().length).toBeLessThan(30);
    rows()[0]?.focus();
    fireEvent.keyDown(rows()[0] as HTMLElement, { key: "End" });
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-rowindex")).toBe("50001"));
    expect(rows().length).toBeLessThan(40);
    const windows = call.mock.calls.filter(([name]) => name === "inventory_rows").length;
    expect(windows).toBeLessThan(6);
  });

  it("goes with the arrow keys, chooses with Space, opens with Enter", async () => {
    const { router } = await open("/apps", "practice");
    const first = await row("Old telephone system");
    first.focus();
    fireEvent.keyDown(first, { key: "ArrowDown" });
    const second = await row("Old intern portal");
    await waitFor(() => expect(document.activeElement).toBe(second));
    expect([first.tabIndex, second.tabIndex]).toEqual([-1, 0]);
    fireEvent.keyDown(second, { key: " " });
    await screen.findByText("1 app chosen");
    expect(second.getAttribute("aria-selected")).toBe("true");
    fireEvent.keyDown(second, { key: "v" });
    const third = await row("Visitor screens");
    await waitFor(() => expect(document.activeElement).toBe(third));
    fireEvent.keyDown(third, { key: "Enter" });
    await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/apps\/.+000000000002$/));
  });

  it("narrows by a number, says how many fit, and takes the filter away again", async () => {
    await open("/apps", "practice");
    await row("Old telephone system");
    await press("Ended 3");
    await screen.findByText("3 apps fit");
    expect(screen.queryByText("Expense approvals")).toBeNull();
    await press("Take away: Ended");
    await screen.findByText("Expense approvals");
  });

  it("saves what is shown, as it is narrowed", async () => {
    const { backend } = await open("/apps", "practice");
    const call = vi.spyOn(backend, "call");
    fireEvent.change(await screen.findByRole("searchbox"), { target: { value: "backup" } });
    await screen.findByText("2 apps fit");
    await press("Save");
    fireEvent.click(await screen.findByRole("button", { name: /spreadsheet/ }));
    await screen.findByText(/^Saved as .*csv$/);
    expect(call).toHaveBeenCalledWith("inventory_export", {
      form: "csv",
      query: { ...EVERYTHING, text: "backup", offset: 0, limit: 0 },
    });
  });

  it("saves what was chosen, and only that", async () => {
    const { backend } = await open("/apps", "practice");
    const call = vi.spyOn(backend, "call");
    const second = await row("Old intern portal");
    fireEvent.keyDown(second, { key: " " });
    await screen.findByText("1 app chosen");
    await press("Save these");
    fireEvent.click(await screen.findByRole("button", { name: "As JSON" }));
    await screen.findByText(/^Saved as .*json$/);
    const [, asked] = call.mock.calls.find(([name]) => name === "inventory_export") ?? [];
    const { appIds } = asked as { appIds: string[] };
    expect(appIds).toHaveLength(1);
    expect(appIds[0]).toBe(second.getAttribute("data-app") ?? appIds[0]);
  });

  it("asks for all that ended, however many there are", async () => {
    const { backend } = await open("/apps", "practice");
    const real = backend.call.bind(backend);
    const first = await real("findings", ENDED);
    const one = first.findings[0];
    if (one === undefined) throw new Error("nothing ended");
    const many = Array.from({ length: 1_203 }, (_, place) => ({ ...one, id: `ended-${place}` }));
    vi.spyOn(backend, "call").mockImplementation(((name: string, request: typeof ENDED) =>
      name === "findings" && request.rule === "expiredLeftBehind"
        ? Promise.resolve({
            ...first,
            total: many.length,
            findings: many.slice(request.offset, request.offset + 500),
          })
        : real(name as "findings", request)) as typeof backend.call);
    await row("Old telephone system");
    fireEvent.click(screen.getByLabelText("Choose all that are shown"));
    await screen.findByRole("button", { name: "Remove 1,203 that ended" });
  });

  it("removes only what was left behind: what has no successor is renewed, not removed", async () => {
    const { router } = await open("/apps", "practice");
    await row("Old telephone system");
    fireEvent.click(screen.getByLabelText("Choose all that are shown"));
    await press("Remove 2 that ended");
    await waitFor(() => expect(router.state.location.pathname).toBe("/plan"));
    const { request } = router.state.location.search as { request: { kind: string; appIds: string[] } };
    expect(request.kind).toBe("removeEnded");
    expect(request.appIds.map((appId) => appId.slice(-2))).toEqual(["01", "10"]);
  });

  it("keeps the columns that were chosen", async () => {
    await open("/apps", "practice");
    await row("Old telephone system");
    expect(screen.queryByRole("columnheader", { name: "Kind" })).toBeNull();
    await press("Columns");
    fireEvent.click(await screen.findByRole("checkbox", { name: "Kind" }));
    await waitFor(() =>
      expect(JSON.parse(localStorage.getItem("gatehouse.inventory.columns") ?? "[]")).toContain("kind"),
    );
  });

  it("reads the organisation when asked, and shows the first rows while it reads", async () => {
    await open("/apps", "neverRead");
    expect(screen.queryByRole("grid")).toBeNull();
    await press("Read the organisation");
    await screen.findByText(/^Reading the organisation: \d+ apps so far\.$/);
    const grid = await screen.findByRole("grid");
    await waitFor(() => expect(grid.getAttribute("aria-rowcount")).toBe("41"));
    await screen.findByText("40 apps, looked up just now.");
  });

  it("shows what was known when it could not be read again, and says so", async () => {
    await open("/apps", "stale");
    await screen.findByText(/What you see is from 6 days ago/);
    within(screen.getByRole("alert")).getByText("There is no connection.");
    await row("Old telephone system");
  });
});
