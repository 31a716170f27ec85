import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { RunView } from "../contract/types";
import { useVaultGate } from "../shell/vaultGate";
import type { Backend } from "./Backend";
import { keyOf, markChanged } from "./queries";
import { useBackend } from "./useBackend";

/** Commands that set a run in motion; each takes an id and sends the run, whole, whenever something changes. */
export type RunCommand = "run_start" | "run_resume" | "run_undo";

/**
 * Sets a run in motion. Resolves with the run's id as soon as the application names it; from then on `useAnswer("run", id)`
 * shows it live, on whatever screen. A failure before that is thrown; a failure after it is part of the run.
 */
export function useRunCommand(): (command: RunCommand, id: string) => Promise<string> {
  const backend = useBackend();
  const client = useQueryClient();
  const gate = useVaultGate();
  return useCallback(
    (command, id) => gate.through(() => begin(backend, client, command, id)),
    [backend, client, gate],
  );
}

function begin(backend: Backend, client: QueryClient, command: RunCommand, id: string): Promise<string> {
  return new Promise((named, failed) => {
    const show = (run: RunView) => {
      client.setQueryData(keyOf("run", run.summary.id), run);
      named(run.summary.id);
    };
    backend.stream(command, id, show).then(
      (run) => {
        show(run);
        for (const changed of ["status", "connections", "runs", "inventory", "reminders"] as const)
          markChanged(client, changed);
      },
      (failure) => {
        failed(failure);
        markChanged(client, "runs");
      },
    );
  });
}
