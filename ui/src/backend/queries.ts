import {
  type QueryClient,
  QueryClient as TanStackQueryClient,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";
import type { AppStatus, Changed } from "../contract/types";
import { useVaultGate } from "../shell/vaultGate";
import type { Backend, BackendError, CommandName, RequestOf, ResultOf } from "./Backend";
import { useBackend } from "./useBackend";

/** A query's key: the command and what it was asked with. */
export const keyOf = <N extends CommandName>(name: N, request: RequestOf<N>) => [name, request] as const;

/** Answers are kept until the application says that they changed; the network is its business, not the page's. */
export function newQueryClient(): QueryClient {
  return new TanStackQueryClient({
    defaultOptions: {
      queries: {
        networkMode: "always",
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** Asks a question that only reads, and keeps the answer. */
export function useAnswer<N extends CommandName>(
  name: N,
  request: RequestOf<N>,
  options: { enabled?: boolean; keepPrevious?: boolean; fresh?: boolean } = {},
): UseQueryResult<ResultOf<N>, BackendError> {
  const backend = useBackend();
  return useQuery<ResultOf<N>, BackendError>({
    queryKey: keyOf(name, request),
    queryFn: () => backend.call(name, request),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: (previous: ResultOf<N> | undefined) => previous } : {}),
    ...(options.fresh ? { staleTime: 0, gcTime: 0 } : {}),
  } as Parameters<typeof useQuery<ResultOf<N>, BackendError>>[0]);
}

/** What the window needs to know before anything else. */
export const useStatus = () => useAnswer("app_status", null);

/**
 * A command that a person gives with a button. When it needs the place where secrets are kept and that place is closed, the
 * person is asked to open it, and the command is given once more.
 */
export function useCommand<N extends CommandName>(
  name: N,
  after?: (result: ResultOf<N>, client: QueryClient) => void,
) {
  const backend = useBackend();
  const client = useQueryClient();
  const gate = useVaultGate();
  return useMutation<ResultOf<N>, BackendError, RequestOf<N>>({
    mutationFn: (request) => gate.through(() => backend.call(name, request)),
    onSuccess: (result) => {
      if (isStatus(name, result)) {
        // What was seen in one space is never shown in the other.
        client.removeQueries({ predicate: ({ queryKey: [asked] }) => !OF_THE_MACHINE.has(asked) });
        client.setQueryData(keyOf("app_status", null), result);
      }
      for (const changed of CHANGES[name] ?? []) markChanged(client, changed);
      after?.(result, client);
    },
  });
}

function isStatus(name: CommandName, _result: unknown): _result is AppStatus {
  return name === "space_enter" || name === "space_leave";
}

/** Answers that belong to the machine rather than to a space. */
const OF_THE_MACHINE: ReadonlySet<unknown> = new Set<CommandName>(["app_status", "settings_get"]);

/** What a command changes. The application says so too; this spares the window the wait. */
const CHANGES: Partial<Record<CommandName, Changed[]>> = {
  // What else was read through the account before is forgotten when the status names another.
  account_choose: ["status", "runs"],
  sign_out: ["status", "connections", "runs"],
  vault_open: ["status"],
  vault_choose: ["status", "connections"],
  draft_save: ["status"],
  draft_discard: ["status"],
  connection_refresh: ["connections"],
  connection_test: ["status", "connections"],
  follow_up_tick: ["connections"],
  secret_kept_at: ["connections"],
  note_save: ["inventory"],
  finding_ignore: ["inventory", "status"],
  finding_show_again: ["inventory", "status"],
  rotation_look: ["inventory"],
  rotation_handed_over: ["inventory", "status"],
  reminder_settings_set: ["reminders"],
  reminder_webhook_set: ["reminders"],
  reminder_snooze: ["reminders", "status"],
  reminder_done: ["reminders", "status"],
  hand_on_accept: ["status", "connections", "inventory", "reminders"],
  personal_check: ["personal", "status"],
  personal_test_message: ["personal"],
  personal_drop: ["personal"],
  approval_ask: ["personal"],
  approval_look: ["personal"],
  approval_forget: ["personal"],
};

/** Which answers a change makes old. */
const STALE_AFTER: Record<Changed, CommandName[]> = {
  status: ["app_status", "organisation_clients", "domains"],
  connections: [
    "connections",
    "connection",
    "connectors",
    "connector",
    "permission_report",
    "registrations_search",
    "registration_view",
    "mailbox_access",
    "report_settings",
  ],
  runs: ["runs", "run"],
  inventory: ["inventory_rows", "inventory_app", "notes", "timeline", "findings", "rotations", "rotation"],
  reminders: ["reminders"],
  personal: ["personal_connections", "personal_connection", "approvals", "invitation_waiting"],
};

/** Tells the query client that something changed. */
export function markChanged(client: QueryClient, changed: Changed): void {
  for (const name of STALE_AFTER[changed]) void client.invalidateQueries({ queryKey: [name] });
}

/** Forgets what was read of an organisation; what is on the screen is asked again. */
export function forgetOrganisation(client: QueryClient): void {
  for (const changed of ["inventory", "connections"] as const) {
    for (const name of STALE_AFTER[changed]) client.removeQueries({ queryKey: [name], type: "inactive" });
    markChanged(client, changed);
  }
}

/** Listens for changes as long as the window lives. Mounted once. */
export function useChanges(): void {
  const backend = useBackend();
  const client = useQueryClient();
  useEffect(() => {
    let listening = true;
    void listen(backend, (changed) => {
      if (listening) markChanged(client, changed);
    });
    return () => {
      listening = false;
    };
  }, [backend, client]);
}

async function listen(backend: Backend, onChange: (changed: Changed) => void): Promise<void> {
  try {
    await backend.stream("app_changes", null, onChange);
  } catch {
    // The window still works: every screen asks when it opens.
  }
}
