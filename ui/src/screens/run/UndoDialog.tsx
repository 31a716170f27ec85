import { makeStyles, tokens } from "@fluentui/react-components";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import type { RunView } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  heading: { margin: "0 0 4px", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: "0 0 12px", paddingInlineStart: "20px" },
  line: { margin: "0 0 12px" },
});

/** Before an undo: first what it cannot bring back, then what it does. */
export function UndoDialog(props: { run: RunView; onUndo: () => void; onCancel: () => void }) {
  const styles = useStyles();
  const { cannotUndo, steps } = props.run;
  const undone = steps.flatMap(({ step, state }) =>
    state.kind === "done" && step.undo !== null ? [step] : [],
  );
  return (
    <ConfirmDialog
      title={t("run.undoTitle")}
      confirm={t("run.undoButton")}
      onConfirm={props.onUndo}
      onCancel={props.onCancel}
    >
      {cannotUndo.length === 0 ? (
        <p className={styles.line}>{t("run.undoAll")}</p>
      ) : (
        <>
          <h3 className={styles.heading}>{t("run.undoCannot")}</h3>
          <ul className={styles.list}>
            {cannotUndo.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      {undone.length > 0 && (
        <>
          <h3 className={styles.heading}>{t("run.undoWill")}</h3>
          <ul className={styles.list}>
            {undone.reverse().map((step) => (
              <li key={step.id}>{`${step.group}: ${step.undo}`}</li>
            ))}
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}
