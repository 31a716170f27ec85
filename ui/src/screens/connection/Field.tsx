import { makeStyles, tokens } from "@fluentui/react-components";
import { useCommand } from "../../backend/queries";
import { CopySecret } from "../../components/CopySecret";
import { ErrorNote } from "../../components/ErrorNote";
import type { HandOverField } from "../../contract/types";
import { t } from "../../words";
import { Authorize } from "./Authorize";
import { Reveal } from "./Reveal";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: "4px",
    border: "none",
    margin: 0,
    padding: 0,
    minInlineSize: 0,
  },
  label: { fontWeight: tokens.fontWeightSemibold },
  term: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  row: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center" },
  value: {
    flexGrow: 1,
    minWidth: "min(100%, 240px)",
    boxSizing: "border-box",
    padding: "5px 12px",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase300,
    lineHeight: "20px",
    overflowWrap: "anywhere",
    userSelect: "text",
    unicodeBidi: "isolate",
    maxWidth: "440px",
  },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** A field of the vendor's form: the vendor's label, Microsoft's name for it, the value, and Copy. */
export function Field({ field, connectionId }: { field: HandOverField; connectionId: string }) {
  const styles = useStyles();
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
    <fieldset className={styles.root} aria-label={field.label}>
      <div>
        <span className={styles.label}>{field.label}</span>
        {field.microsoftTerm !== null && field.microsoftTerm !== field.label && (
          <span className={styles.term}>
            {" · "}
            {t("connection.microsoftTerm", { term: field.microsoftTerm })}
          </span>
        )}
      </div>
      {field.authorize !== null ? (
        <Authorize request={{ connectionId, registration: field.authorize }} label={field.label} />
      ) : field.secret ? (
        <Reveal which={which} label={field.label} copy={button} />
      ) : (
        <div className={styles.row}>
          <span className={styles.value} dir="ltr">
            {field.value}
          </span>
          {button}
        </div>
      )}
      {field.note !== null && <p className={styles.note}>{field.note}</p>}
      {copy.error && <ErrorNote error={copy.error} actions={{ tryAgain: () => copy.mutate(which) }} />}
    </fieldset>
  );
}
