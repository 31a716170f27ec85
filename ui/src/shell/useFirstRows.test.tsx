import { renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Backend } from "../backend/Backend";
// Read beforehand: fetching the room's code takes the test longer than it waits.
import "../screens/appsRooms";
import { useHead } from "../screens/inventory/useRows";
import { EVERYTHING } from "../screens/inventory/view";
import { around } from "../testing/around";
import { useFirstRows } from "./useFirstRows";

it("has the first rows of the list before its room is opened, and not in a window that nobody uses", async () => {
  const asked: string[] = [];
  const backend = {
    call: (name: string) => {
      asked.push(name);
      return Promise.resolve({ offset: 0, rows: [], total: 0 });
    },
  } as unknown as Backend;
  const wrapper = around(backend);
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    const { rerender } = renderHook(({ account }) => useFirstRows(account), {
      wrapper,
      initialProps: { account: null as string | null },
    });
    dispatchEvent(new Event("pointermove"));
    rerender({ account: "anna" });
    vi.advanceTimersByTime(60_000);
    expect(vi.getTimerCount()).toBe(0);

    dispatchEvent(new Event("pointermove"));
    dispatchEvent(new Event("keydown"));
    vi.advanceTimersByTime(1_000);
    await waitFor(() => expect(asked).toEqual(["inventory_rows"]));
    // However much later the room is opened, its rows stand in its first picture.
    vi.advanceTimersByTime(3_600_000);
    const { result } = renderHook(() => useHead(EVERYTHING), { wrapper });
    expect(result.current.data).toEqual({ offset: 0, rows: [], total: 0 });
    expect(asked).toEqual(["inventory_rows"]);
  } finally {
    vi.useRealTimers();
  }
});
