import { Button, makeStyles, Textarea, tokens } from "@fluentui/react-components";
import { useCommand } from "../../../backend/queries";
import { announce } from "../../../components/announce";
import { CopySecret } from "../../../components/CopySecret";
import { ErrorNote } from "../../../components/ErrorNote";
import { Fold } from "../../../components/Fold";
import { SaveIcon } from "../../../components/icons";
import { Section } from "../../../components/Section";
import { StateWord } from "../../../components/StateWord";
import type { Approval } from "../../../contract/types";
import { t } from "../../../words";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px", alignItems: "flex-start" },
  text: { width: "100%" },
  subject: { margin: 0, overflowWrap: "anywhere" },
  name: { color: tokens.colorNeutralForeground2 },
  row: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center", width: "100%" },
  line: { margin: 0 },
  path: { overflowWrap: "anywhere" },
});

/** What the admin needs: a letter with the link in it, the link alone, or a file for another Gatehouse. */
export function ForTheAdmin({ approval }: { approval: Approval }) {
  const styles = useStyles();
  const copy = useCommand("approval_copy");
  const copied = (linkOnly: boolean) => () => copy.mutateAsync({ approvalId: approval.id, linkOnly });
  return (
    <Section title={t("approval.letter")} sentence={t("approval.letterSentence")}>
      <div className={styles.root}>
        <p className={styles.subject}>
          <span className={styles.name}>{t("approval.subject")}: </span>
          {approval.subject}
        </p>
        <Textarea
          className={styles.text}
          aria-label={t("approval.letterName")}
          readOnly
          rows={8}
          resize="vertical"
          value={approval.letter}
        />
        <div className={styles.row}>
          <CopySecret
            appearance="primary"
            words={t("approval.copyLetter")}
            label={t("approval.letterName")}
            copy={copied(false)}
          />
          <CopySecret words={t("approval.copyLink")} label={t("approval.linkName")} copy={copied(true)} />
        </div>
        {copy.error && <ErrorNote error={copy.error} />}
        <Fold words={t("approval.file")}>
          <p className={styles.line}>{t("approval.fileSentence")}</p>
          <RequestFile approvalId={approval.id} />
        </Fold>
      </div>
    </Section>
  );
}

function RequestFile({ approvalId }: { approvalId: string }) {
  const styles = useStyles();
  const save = useCommand("approval_save", (path) => announce(t("approval.saved", { path })));
  return (
    <div className={styles.root}>
      <Button icon={<SaveIcon />} disabledFocusable={save.isPending} onClick={() => save.mutate(approvalId)}>
        {t("approval.save")}
      </Button>
      {save.data !== undefined && (
        <span className={styles.path}>
          <StateWord tone="good">{t("approval.saved", { path: save.data })}</StateWord>
        </span>
      )}
      {save.error && <ErrorNote error={save.error} actions={{ tryAgain: () => save.mutate(approvalId) }} />}
    </div>
  );
}
