import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import type { RunView } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { ProgressLine } from "./ProgressLine";
import { ProofList } from "./ProofList";
import { RunButtons } from "./RunButtons";
import { RunSteps } from "./RunSteps";
import { stateSentence } from "./runWords";
import { UndoDialog } from "./UndoDialog";
import { UnsavedSecrets } from "./UnsavedSecrets";
import { useRunControls } from "./useRunControls";

const useStyles = makeStyles({
  facts: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Sentences that turn true one by one, then the proof. Once it is over, the proof comes first: it is what counts. */
export function Run({ run }: { run: RunView }) {
  const styles = useStyles();
  const now = useNow();
  const controls = useRunControls(run);
  const [undoing, setUndoing] = useState(false);
  const { summary } = run;
  // The buttons change with the state; a focus that stood on one of them goes to the title, not to nowhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when the state changes
  useEffect(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, [summary.state]);
  const isOver = summary.state === "done" || summary.state === "waitingForOther";
  const proofs = run.proofs.length > 0 && (
    <Section title={t("run.proofs")} sentence={t("run.proofsSentence")}>
      <ProofList proofs={run.proofs} actions={controls.elsewhere} />
    </Section>
  );
  const buttons = RunButtons({ run, controls, onUndo: () => setUndoing(true) });
  return (
    <Screen title={summary.title} sentence={stateSentence(run, controls.stopping)} {...buttons}>
      <p className={styles.facts}>
        {t("run.by", { when: ago(summary.startedAt, now), by: summary.by, organisation: summary.tenantName })}
      </p>
      <UnsavedSecrets run={run} />
      {run.error && <ErrorNote error={run.error} actions={controls.elsewhere} />}
      {controls.failure && <ErrorNote error={controls.failure} />}
      <ProgressLine run={run} />
      {isOver && proofs}
      <RunSteps run={run} />
      {!isOver && proofs}
      {undoing && (
        <UndoDialog
          run={run}
          onUndo={() => {
            setUndoing(false);
            controls.undo();
          }}
          onCancel={() => setUndoing(false)}
        />
      )}
    </Screen>
  );
}
