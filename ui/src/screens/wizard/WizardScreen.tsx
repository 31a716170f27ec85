import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer, useStatus } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { Wizard } from "./Wizard";

/** A set-up, question by question. Opens where it was left. */
export function WizardScreen({ draftId }: { draftId: string }) {
  const navigate = useNavigate();
  const status = useStatus();
  const draft = status.data?.drafts.find((each) => each.id === draftId);
  const connector = useAnswer("connector", draft?.connectorId ?? "", { enabled: draft !== undefined });
  if (draft !== undefined && connector.data !== undefined) {
    return <Wizard connector={connector.data} initial={draft} />;
  }
  if (draft === undefined && status.data !== undefined) {
    return (
      <Screen title={t("connectors.title")}>
        <EmptyState
          title={t("wizard.goneTitle")}
          sentence={t("wizard.goneSentence")}
          action={
            <Button appearance="primary" onClick={() => void navigate({ to: "/connectors" })}>
              {t("wizard.goneButton")}
            </Button>
          }
        />
      </Screen>
    );
  }
  return (
    <Screen title={t("wizard.title", { name: draft?.connectorName ?? "" })}>
      {connector.error ? (
        <ErrorNote error={connector.error} actions={{ tryAgain: () => void connector.refetch() }} />
      ) : (
        <Waiting words={t("wizard.opening")} />
      )}
    </Screen>
  );
}
