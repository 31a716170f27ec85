import { renderHook, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Backend } from "../../backend/Backend";
import type { InventoryQuery } from "../../contract/types";
import { around } from "../../testing/around";
import { useWindow, WINDOW } from "./useRows";
import { EVERYTHING } from "./view";

it("asks at once for what one scrolls on to, and of a drag only for where it ends", async () => {
  const asked: number[] = [];
  const backend = {
    call: (_: string, { offset, limit }: InventoryQuery) => {
      asked.push(offset);
      return Promise.resolve({ offset, rows: Array.from({ length: limit }, (_, row) => ({ row })) });
    },
  } as unknown as Backend;
  const at = (first: number) => ({ first, last: first + 12 });
  const { rerender, result } = renderHook(({ first, last }) => useWindow(EVERYTHING, first, last), {
    wrapper: around(backend),
    initialProps: at(0),
  });
  rerender(at(WINDOW - 6));
  expect(asked).toEqual([0, WINDOW]);
  for (const place of [9_000, 42_000, 17_000, 30_020]) rerender(at(place));
  expect(asked).toEqual([0, WINDOW]);
  await waitFor(() => expect(result.current(30_020)).toEqual({ row: 20 }));
  expect(asked).toEqual([0, WINDOW, 30_000]);
  rerender(at(20));
  expect(result.current(20)).toEqual({ row: 20 });
  expect(asked).toEqual([0, WINDOW, 30_000]);
});
