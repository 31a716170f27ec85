import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { HandOverField } from "../contract/types";
import { t } from "../words";

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
  hidden: { fontFamily: tokens.fontFamilyBase, color: tokens.colorNeutralForeground2 },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** A field of the vendor's form: the vendor's label, Microsoft's name for it, what is in it, and a note. */
export function FieldFrame({ field, children }: { field: HandOverField; children: ReactNode }) {
  const styles = useStyles();
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
      {children}
      {field.note !== null && <p className={styles.note}>{field.note}</p>}
    </fieldset>
  );
}

/** A value to be copied, with its button; `hidden` says in words why it is not shown. */
export function FieldValue(props: { value: string | null; hidden?: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.row}>
      {props.value !== null ? (
        <span className={styles.value} dir="ltr">
          {props.value}
        </span>
      ) : (
        <span className={mergeClasses(styles.value, styles.hidden)}>{props.hidden}</span>
      )}
      {props.children}
    </div>
  );
}
