import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer } from "../../../backend/queries";
import { EmptyState } from "../../../components/EmptyState";
import { ErrorNote } from "../../../components/ErrorNote";
import { Screen } from "../../../components/Screen";
import { Waiting } from "../../../components/Waiting";
import { t } from "../../../words";
import { WaitForBrowser } from "../../signIn/WaitForBrowser";
import { ApprovalPage } from "./ApprovalPage";
import { useApproval } from "./useApproval";

/** A connection that an admin must allow first. */
export function ApprovalScreen({ id }: { id: string }) {
  const navigate = useNavigate();
  const approvals = useAnswer("approvals", null);
  const approval = approvals.data?.find((each) => each.id === id);
  const { attempt, watch, connect, cancel } = useApproval(approval);
  if (approval === undefined) {
    return (
      <Screen title={t("personal.title")}>
        {approvals.error && (
          <ErrorNote error={approvals.error} actions={{ tryAgain: () => void approvals.refetch() }} />
        )}
        {approvals.isPending && <Waiting words={t("approval.opening")} />}
        {approvals.data !== undefined && (
          <EmptyState
            title={t("approval.gone")}
            sentence={t("approval.goneSentence")}
            action={
              <Button appearance="primary" onClick={() => void navigate({ to: "/account" })}>
                {t("approval.goneOpen")}
              </Button>
            }
          />
        )}
      </Screen>
    );
  }
  if (attempt.kind !== "none")
    return <WaitForBrowser attempt={attempt} name={null} admin={{ kind: "back" }} onCancel={cancel} />;
  return (
    <ApprovalPage
      approval={approval}
      failure={attempt.error}
      onWatch={() => watch(approval)}
      onConnect={() => connect(approval)}
    />
  );
}
