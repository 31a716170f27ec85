import { renderHook, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Backend } from "../backend/Backend";
import { keyOf, newQueryClient, useAnswer } from "../backend/queries";
import { around } from "../testing/around";
import { useAccountChange } from "./useAccountChange";

it("shows nothing of one account's apps through another", async () => {
  let account: string | null | undefined;
  const backend = { call: () => Promise.resolve(`rotations of ${account}`) } as unknown as Backend;
  const client = newQueryClient();
  const leftRoom = keyOf("inventory_app", { appId: "of-a-room-that-was-left" });
  const { rerender, result } = renderHook(
    () => {
      useAccountChange(account);
      return useAnswer("rotations", null).data;
    },
    { wrapper: around(backend, client) },
  );
  account = "anna";
  rerender();
  client.setQueryData(leftRoom, "of anna");
  client.setQueryData(keyOf("settings_get", null), "of the computer");
  await waitFor(() => expect(result.current).toBe("rotations of undefined"));
  expect(client.getQueryData(leftRoom)).toBe("of anna");

  account = "erik";
  rerender();
  expect(client.getQueryData(leftRoom)).toBeUndefined();
  expect(client.getQueryData(keyOf("settings_get", null))).toBe("of the computer");
  await waitFor(() => expect(result.current).toBe("rotations of erik"));

  account = null;
  rerender();
  await waitFor(() => expect(result.current).toBe("rotations of null"));
});
