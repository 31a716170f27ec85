import { useCommand } from "../../backend/queries";
import { CopySecret } from "../../components/CopySecret";
import { ErrorNote } from "../../components/ErrorNote";
import { FieldFrame, FieldValue } from "../../components/FieldFrame";
import type { HandOverField } from "../../contract/types";
import { t } from "../../words";
import { Authorize } from "./Authorize";
import { Reveal } from "./Reveal";

/** A field of the vendor's form: the vendor's label, Microsoft's name for it, the value, and Copy. */
export function Field({ field, connectionId }: { field: HandOverField; connectionId: string }) {
  const which = { connectionId, fieldId: field.id };
  const copy = useCommand("hand_over_copy");
  const button = (
    <CopySecret
      words={t("connection.copy")}
      label={field.label}
      copy={() => copy.mutateAsync(which)}
      appearance={field.secret ? "primary" : "secondary"}
    />
  );
  return (
    <FieldFrame field={field}>
      {field.authorize !== null ? (
        <Authorize request={{ connectionId, registration: field.authorize }} label={field.label} />
      ) : field.secret ? (
        <Reveal which={which} label={field.label} copy={button} />
      ) : (
        <FieldValue value={field.value}>{button}</FieldValue>
      )}
      {copy.error && <ErrorNote error={copy.error} actions={{ tryAgain: () => copy.mutate(which) }} />}
    </FieldFrame>
  );
}
