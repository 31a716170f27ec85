import type { QueryClient } from "@tanstack/react-query";
import { keyOf } from "../../backend/queries";
import type { AppStatus, SetupDraft } from "../../contract/types";

/** Shows a saved draft at once, wherever drafts are listed. */
export function rememberDraft(client: QueryClient, draft: SetupDraft): void {
  client.setQueryData(
    keyOf("app_status", null),
    (status: AppStatus | undefined) =>
      status && { ...status, drafts: [draft, ...status.drafts.filter((each) => each.id !== draft.id)] },
  );
}
