import { Button, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useId } from "react";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import type { ConnectorView, SetupDraft } from "../../contract/types";
import { t } from "../../words";
import { Account } from "./Account";
import { Discard } from "./Discard";
import { Question } from "./Question";
import { Steps } from "./Steps";
import { useWizard } from "./useWizard";
import { WillDoPanel } from "./WillDoPanel";

const THREE = "@media (min-width: 1080px)";
const TWO = "@media (min-width: 800px) and (max-width: 1079px)";

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr)",
    gap: "24px 32px",
    alignItems: "start",
    flexGrow: 1,
    [TWO]: { gridTemplateColumns: "minmax(0, 1fr) 272px" },
    [THREE]: { gridTemplateColumns: "176px minmax(0, 1fr) 272px" },
  },
  left: { display: "none", [THREE]: { display: "flex", flexDirection: "column", gap: "16px" } },
  middle: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  below: { [THREE]: { display: "none" } },
});

/** The wizard itself: the steps at the left, one question in the middle, what follows from it at the right. */
export function Wizard({ connector, initial }: { connector: ConnectorView; initial: SetupDraft }) {
  const styles = useStyles();
  const form = useId();
  const navigate = useNavigate();
  const wizard = useWizard(connector, initial, () =>
    navigate({ to: "/plan", search: { request: { kind: "setUp", draftId: initial.id } } }),
  );
  const { draft, steps, here } = wizard;
  const step = steps[here];
  const back = () =>
    here === 0
      ? void navigate({ to: "/connectors/$connectorId", params: { connectorId: draft.connectorId } })
      : wizard.goTo(here - 1);
  const discard = <Discard draftId={draft.id} onDiscard={wizard.forget} />;
  return (
    <Screen
      wide
      title={t("wizard.title", { name: connector.summary.name })}
      back={<Button onClick={back}>{t("common.back")}</Button>}
      primary={
        <Button appearance="primary" type="submit" form={form} disabledFocusable={wizard.busy}>
          {t(here === steps.length - 1 ? "wizard.seePlan" : "wizard.next")}
        </Button>
      }
    >
      <Account
        draft={draft}
        onAccount={(accountId) => wizard.answer((before) => ({ ...before, accountId }))}
      />
      <div className={styles.columns}>
        <div className={styles.left}>
          <Steps steps={steps} here={here} reached={wizard.reached} onGo={wizard.goTo} />
          {discard}
        </div>
        <form
          id={form}
          noValidate
          className={styles.middle}
          onSubmit={(event) => {
            event.preventDefault();
            if (!wizard.busy) void wizard.next();
          }}
        >
          {wizard.failure && (
            <ErrorNote error={wizard.failure} actions={{ tryAgain: () => void wizard.next() }} />
          )}
          {step && (
            <Question
              key={step.id}
              step={step}
              number={here + 1}
              total={steps.length}
              connector={connector}
              draft={draft}
              issues={wizard.issues}
              onAnswer={wizard.answer}
            />
          )}
        </form>
        <WillDoPanel connector={connector} draft={draft} steps={steps} reached={wizard.reached} />
      </div>
      <div className={styles.below}>{discard}</div>
    </Screen>
  );
}
