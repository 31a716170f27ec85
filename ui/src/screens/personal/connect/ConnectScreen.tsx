import { useSearch } from "@tanstack/react-router";
import { useAnswer, useStatus } from "../../../backend/queries";
import { Screen } from "../../../components/Screen";
import { Waiting } from "../../../components/Waiting";
import type { AccountSearch } from "../../../router";
import { t } from "../../../words";
import { askAdminFor } from "../../signIn/messages";
import { WaitForBrowser } from "../../signIn/WaitForBrowser";
import { Connect } from "./Connect";
import { useConnect } from "./useConnect";

/** Connecting the own account: one decision to a screen, then the browser. */
export function ConnectScreen() {
  const search: AccountSearch = useSearch({ strict: false });
  const status = useStatus();
  const clients = useAnswer("organisation_clients", null);
  const { attempt, asked, start, again, cancel } = useConnect();
  if (status.data === undefined || clients.isPending)
    return (
      <Screen title={t("connect.title")}>
        <Waiting words={t("connect.looking")} />
      </Screen>
    );
  return (
    <>
      {attempt.kind !== "none" && (
        <WaitForBrowser attempt={attempt} name={null} admin={askAdminFor(asked)} onCancel={cancel} />
      )}
      {/* Its answers outlive the wait: whoever comes back without an account goes on where they were. */}
      <Connect
        hidden={attempt.kind !== "none"}
        invitation={search.invited}
        // Without them one can still type a client ID.
        known={clients.data ?? []}
        practice={status.data.practice}
        failure={attempt.kind === "none" ? attempt.error : null}
        onStart={start}
        onAgain={again}
      />
    </>
  );
}
