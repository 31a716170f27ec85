import { makeStyles, tokens } from "@fluentui/react-components";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { PlanView } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: "20px", maxWidth: "72ch" },
  line: { margin: 0, maxWidth: "72ch", color: tokens.colorNeutralForeground2 },
});

/** What another person does, said before anything begins. */
export function OtherPerson({ plan }: { plan: PlanView }) {
  const styles = useStyles();
  const count = plan.steps.filter((step) => step.notByYou !== null && !step.already).length;
  return (
    <Section title={t("plan.otherPerson")}>
      <p className={styles.line}>{t("plan.otherPersonSentence", { count })}</p>
    </Section>
  );
}

/** What stays even after an undo. */
export function CannotUndo({ plan }: { plan: PlanView }) {
  const styles = useStyles();
  if (plan.cannotUndo.length === 0) return <StateWord tone="good">{t("plan.cannotUndoNone")}</StateWord>;
  return (
    <Section title={t("plan.cannotUndo")}>
      <ul className={styles.list}>
        {plan.cannotUndo.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  );
}
