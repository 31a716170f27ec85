import { FieldContextProvider, makeStyles, useFieldContext_unstable } from "@fluentui/react-components";
import type { ReactNode } from "react";

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
});

/**
 * Several boxes to tick under one question. A field gives its one id to every control inside; here each box keeps its own, so
 * that its label belongs to it alone.
 */
export function Group({ labelledBy, children }: { labelledBy: string; children: ReactNode }) {
  const styles = useStyles();
  const field = useFieldContext_unstable();
  return (
    <fieldset
      className={styles.root}
      aria-labelledby={labelledBy}
      aria-describedby={field?.validationMessageId}
    >
      <FieldContextProvider value={undefined}>{children}</FieldContextProvider>
    </fieldset>
  );
}
