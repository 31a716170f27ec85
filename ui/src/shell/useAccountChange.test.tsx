import { QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it } from "vitest";
import type { Backend } from "../backend/Backend";
import { keyOf, newQueryClient, useAnswer } from "../backend/queries";
import { BackendContext } from "../backend/useBackend";
import { useAccountChange } from "./useAccountChange";

it("shows nothing of one account's apps through another", async () => {
  let account: string | null | undefined;
  const backend = { call: () => Promise.resolve(`rotations of ${account}`) } as unknown as Backend;
  const client = newQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <BackendContext.Provider value={backend}>{children}</BackendContext.Provider>
    </QueryClientProvider>
  );
  const leftRoom = keyOf("findings", {
    rule: null,
    appId: null,
    text: "",
    ignored: false,
    offset: 0,
    limit: 1,
  });
  const { rerender, result } = renderHook(
    () => {
      useAccountChange(account);
      return useAnswer("rotations", null).data;
    },
    { wrapper },
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
