import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useCommand } from "../../backend/queries";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorNote } from "../../components/ErrorNote";
import { t } from "../../words";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "4px" },
  saved: {
    margin: 0,
    paddingInline: "8px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  button: { textAlign: "start", justifyContent: "flex-start", paddingInline: "8px" },
});

/** Says that answers are saved, and offers to throw them away. */
export function Discard({ draftId, onDiscard }: { draftId: string; onDiscard: () => void }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const discard = useCommand("draft_discard", () => {
    onDiscard();
    void navigate({ to: "/connectors" });
  });
  return (
    <div className={styles.root}>
      <p className={styles.saved}>{t("wizard.saved")}</p>
      <Button className={styles.button} appearance="subtle" size="small" onClick={() => setAsking(true)}>
        {t("wizard.discard")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("wizard.discardTitle")}
          confirm={t("wizard.discardButton")}
          busy={discard.isPending}
          onConfirm={() => discard.mutate(draftId)}
          onCancel={() => setAsking(false)}
        >
          {discard.error ? <ErrorNote error={discard.error} /> : t("wizard.discardSentence")}
        </ConfirmDialog>
      )}
    </div>
  );
}
