import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useBackend } from "../backend/useBackend";
import { onFirstUse } from "./firstUse";

/** After the first sign of use; the code of the rooms comes before. */
const AFTER_MS = 1_000;

/**
 * Once somebody uses the window: the first rows of Apps and secrets, so that they stand as soon as the room is opened. Of each
 * account that comes into use.
 */
export function useFirstRows(account: string | null): void {
  const backend = useBackend();
  const client = useQueryClient();
  useEffect(() => {
    if (account === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetch = async () => {
      const { prefetchRows } = await import("../screens/appsRooms");
      await prefetchRows(client, backend);
    };
    const stop = onFirstUse(() => {
      timer = setTimeout(fetch, AFTER_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [account, backend, client]);
}
