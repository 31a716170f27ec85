import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: { width: "100%", minWidth: 0 },
  summary: {
    cursor: "pointer",
    minHeight: "24px",
    lineHeight: "24px",
    width: "fit-content",
    color: tokens.colorBrandForegroundLink,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "2px" },
  },
  body: { paddingTop: "12px", display: "flex", flexDirection: "column", gap: "16px" },
});

/** Something that most people do not need, folded away under a few words. */
export function Fold({ words, children }: { words: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <details className={styles.root}>
      <summary className={styles.summary}>{words}</summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
