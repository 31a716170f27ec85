import { makeStyles, tokens } from "@fluentui/react-components";
import { useId } from "react";
import { useAnswer } from "../../backend/queries";
import type { ConnectorView, SetupDraft } from "../../contract/types";
import { t } from "../../words";
import type { WizardStep } from "./steps";
import { willDo } from "./willDo";

const useStyles = makeStyles({
  root: {
    padding: "16px 20px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    overflowWrap: "anywhere",
    "@media (forced-colors: active)": { border: "1px solid" },
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  note: { margin: "4px 0 0", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  deeds: {
    margin: "12px 0 0",
    padding: "0 0 0 20px",
    display: "flex",
    flexDirection: "column",
    gap: "12px",
  },
  inner: { margin: "4px 0 0", paddingInlineStart: "16px", color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground2 },
  answer: { display: "block", fontWeight: tokens.fontWeightSemibold },
});

/** What Gatehouse will do; grows with each answer. */
export function WillDoPanel(props: {
  connector: ConnectorView;
  draft: SetupDraft;
  steps: WizardStep[];
  reached: number;
}) {
  const styles = useStyles();
  const id = useId();
  const licences = useAnswer("licences", null, {
    enabled: props.steps.some((step) => step.kind === "input" && step.input.kind.kind === "licence"),
  });
  const { registrations, settings, secret, answers } = willDo(
    props.connector,
    props.draft,
    props.steps,
    props.reached,
    licences.data,
  );
  return (
    <section className={styles.root} aria-labelledby={id}>
      <h2 className={styles.title} id={id}>
        {t("wizard.willDo")}
      </h2>
      <p className={styles.note}>{t("wizard.willDoNothing")}</p>
      <ol className={styles.deeds}>
        {registrations.map((registration) => (
          <li key={registration.key}>
            {t("wizard.willCreate", { name: registration.name })}
            {registration.permissions.length > 0 && (
              <>
                {". "}
                <span className={styles.quiet}>{t("wizard.willAllow")}:</span>
                <ul className={styles.inner}>
                  {registration.permissions.map((permission) => (
                    <li key={permission.key}>{permission.sentence}</li>
                  ))}
                </ul>
              </>
            )}
          </li>
        ))}
        {settings.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {secret && secret.count > 0 && <li>{t("wizard.willSecret", { ...secret })}</li>}
        {answers.map(({ question, answer }) => (
          <li key={question}>
            {t("wizard.willUse", { question })}
            <span className={styles.answer}>{answer}</span>
          </li>
        ))}
        <li>{t("wizard.willProve")}</li>
        <li>{t("wizard.willHandOver", { name: props.connector.summary.name })}</li>
      </ol>
    </section>
  );
}
