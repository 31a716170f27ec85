import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { EmptyState } from "../../components/EmptyState";
import { PrintIcon } from "../../components/icons";
import { Section } from "../../components/Section";
import type { HandOverSection } from "../../contract/types";
import { t } from "../../words";
import { Field } from "./Field";
import { FollowUps } from "./FollowUps";
import { KeptPlaces } from "./KeptPlaces";
import type { PartProps } from "./part";
import { Sheet } from "./Sheet";

const useStyles = makeStyles({
  intro: {
    display: "flex",
    flexWrap: "wrap",
    gap: "12px",
    justifyContent: "space-between",
    alignItems: "center",
  },
  line: { margin: 0, maxWidth: "56ch" },
  forms: { display: "flex", flexDirection: "column", gap: "32px" },
  form: {
    padding: "20px 24px 24px",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    "@media (max-width: 639px)": { padding: "16px" },
  },
  place: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  note: { margin: "4px 0 0" },
  fields: { display: "flex", flexDirection: "column", gap: "16px", marginTop: "4px" },
});

/** The vendor's own forms, field by field, and the question where the secret is kept. */
export function HandOverPart({ connection }: PartProps) {
  const styles = useStyles();
  const name = connection.summary.connectorName;
  const { sections } = connection.handOver;
  const at = (moment: string) => connection.followUps.filter((each) => each.followUp.moment === moment);
  if (sections.length === 0) {
    return <EmptyState title={t("connection.handOver")} sentence={t("connection.formNone")} />;
  }
  return (
    <>
      <div className={styles.intro}>
        <p className={styles.line}>{t("connection.formSentence", { name })}</p>
        <Button icon={<PrintIcon />} onClick={() => window.print()}>
          {t("connection.print")}
        </Button>
      </div>
      {at("beforeHandOver").length > 0 && (
        <Section title={t("connection.followUpsBefore", { name })}>
          <FollowUps connection={connection} states={at("beforeHandOver")} />
        </Section>
      )}
      <div className={styles.forms}>
        {sections.map((section) => (
          <div key={section.title} className={styles.form}>
            <Form section={section} connectionId={connection.summary.id} />
          </div>
        ))}
      </div>
      <KeptPlaces connection={connection} />
      {at("afterHandOver").length > 0 && (
        <Section title={t("connection.followUpsAfter", { name })}>
          <FollowUps connection={connection} states={at("afterHandOver")} />
        </Section>
      )}
      <Sheet connection={connection} />
    </>
  );
}

function Form({ section, connectionId }: { section: HandOverSection; connectionId: string }) {
  const styles = useStyles();
  return (
    <Section title={section.title}>
      <div>
        {section.place.length > 0 && (
          <p className={styles.place}>{t("connection.place", { place: section.place.join(" › ") })}</p>
        )}
        {section.note !== null && <p className={styles.note}>{section.note}</p>}
      </div>
      <div className={styles.fields}>
        {section.fields.map((field) => (
          <Field key={field.id} field={field} connectionId={connectionId} />
        ))}
      </div>
    </Section>
  );
}
