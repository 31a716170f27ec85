import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { BackendError } from "../../backend/Backend";
import { keyOf, markChanged } from "../../backend/queries";
import { useBackend } from "../../backend/useBackend";
import type { SyncState } from "../../contract/types";
import { useVaultGate } from "../../shell/vaultGate";

/** Reads the organisation. Each part that arrives is shown at once; leaving the screen does not stop it. */
export function useSync() {
  const backend = useBackend();
  const client = useQueryClient();
  const gate = useVaultGate();
  return useMutation<SyncState, BackendError, void>({
    mutationKey: keyOf("inventory_sync", null),
    mutationFn: () =>
      gate.through(() =>
        backend.stream("inventory_sync", null, () => {
          void client.invalidateQueries({ queryKey: ["inventory_rows"] });
        }),
      ),
    onSettled: () => {
      markChanged(client, "inventory");
      markChanged(client, "status");
    },
  });
}
