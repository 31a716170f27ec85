import { makeStyles, tokens } from "@fluentui/react-components";
import { useCommand } from "../../backend/queries";
import { CopySecret } from "../../components/CopySecret";
import { ErrorNote } from "../../components/ErrorNote";
import { FieldFrame, FieldValue } from "../../components/FieldFrame";
import { Fold } from "../../components/Fold";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { HandOverField, RotationView } from "../../contract/types";
import { t } from "../../words";
import { PassphraseForm } from "../settings/PassphraseForm";

const useStyles = makeStyles({
  form: {
    display: "flex",
    flexDirection: "column",
    gap: "16px",
    padding: "20px 24px 24px",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    "@media (max-width: 639px)": { padding: "16px" },
  },
  line: { margin: 0 },
});

/** The new credential for the product's form. */
export function HandOver({ rotation }: { rotation: RotationView }) {
  const styles = useStyles();
  if (rotation.handOver.length === 0 && rotation.new === null) return null;
  return (
    <Section title={t("rotation.formTitle")} sentence={t("rotation.formSentence")}>
      <div className={styles.form}>
        {rotation.handOver.map((field) => (
          <RotationField key={field.id} field={field} rotationId={rotation.id} />
        ))}
        {rotation.new?.kind === "certificate" && rotation.new.stored && <SaveKey rotationId={rotation.id} />}
      </div>
    </Section>
  );
}

function RotationField({ field, rotationId }: { field: HandOverField; rotationId: string }) {
  // The rotation stands in the place of the connection: its fields are named the same way.
  const which = { connectionId: rotationId, fieldId: field.id };
  const copy = useCommand("rotation_copy");
  return (
    <FieldFrame field={field}>
      <FieldValue value={field.secret ? null : field.value} hidden={t("rotation.hidden")}>
        <CopySecret
          words={t("connection.copy")}
          label={field.label}
          copy={() => copy.mutateAsync(which)}
          appearance={field.secret ? "primary" : "secondary"}
        />
      </FieldValue>
      {copy.error && <ErrorNote error={copy.error} actions={{ tryAgain: () => copy.mutate(which) }} />}
    </FieldFrame>
  );
}

/** A certificate made here goes to the product as a file that a passphrase seals. */
function SaveKey({ rotationId }: { rotationId: string }) {
  const styles = useStyles();
  const save = useCommand("rotation_save_key");
  return (
    <Fold words={t("rotation.saveKey")}>
      <p className={styles.line}>{t("rotation.saveKeySentence")}</p>
      <PassphraseForm isNew onDone={(passphrase) => save.mutate({ rotationId, passphrase })} />
      {save.data !== undefined && (
        <div role="status">
          <StateWord tone="good">{t("rotation.savedKey", { path: save.data })}</StateWord>
        </div>
      )}
      {save.error && <ErrorNote error={save.error} actions={{ tryAgain: save.reset }} />}
    </Fold>
  );
}
