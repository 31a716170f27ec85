import { makeStyles, Textarea, tokens } from "@fluentui/react-components";
import { NoticeDialog } from "../../components/ConfirmDialog";
import { CopyButton } from "../../components/CopyButton";
import type { PlanProblem, PlanView } from "../../contract/types";
import { t } from "../../words";
import { rolesInWords } from "../../words/roles";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px", alignItems: "flex-start" },
  text: { width: "100%" },
  line: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** A ready message for somebody with the role that is missing. */
export function AskAdmin(props: { plan: PlanView; problem: PlanProblem | undefined; onClose: () => void }) {
  const styles = useStyles();
  const { plan, problem } = props;
  const message = t("plan.askMessage", {
    title: plan.title,
    role: rolesInWords(plan.account),
    name: plan.account.name,
  });
  const people = problem?.people ?? [];
  return (
    <NoticeDialog title={t("plan.askTitle")} onClose={props.onClose}>
      <div className={styles.root}>
        <p className={styles.line}>{t("plan.askSentence")}</p>
        <p className={styles.line}>
          {people.length > 0 ? `${t("plan.whoCan")}: ${people.join(", ")}` : t("plan.whoCanUnknown")}
        </p>
        <Textarea
          className={styles.text}
          aria-label={t("plan.askTitle")}
          readOnly
          rows={11}
          resize="vertical"
          value={message}
        />
        <CopyButton text={message} words={t("plan.copyMessage")} copied={t("plan.copiedMessage")} />
      </div>
    </NoticeDialog>
  );
}
