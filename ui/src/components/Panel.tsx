import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    minWidth: 0,
  },
  padded: { padding: "16px 20px", "@media (max-width: 639px)": { padding: "12px 16px" } },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  row: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    padding: "12px 20px",
    "&:not(:first-child)": { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
    "@media (max-width: 639px)": { flexWrap: "wrap", padding: "12px 16px" },
  },
});

/** A quiet box around things that belong together. */
export function Panel({ children, className }: { children: ReactNode; className?: string }) {
  const styles = useStyles();
  return <div className={mergeClasses(styles.root, styles.padded, className)}>{children}</div>;
}

/** A box whose content is a list of {@link PanelRow}s. */
export function PanelList({ children, label }: { children: ReactNode; label: string }) {
  const styles = useStyles();
  return (
    <ul className={mergeClasses(styles.root, styles.list)} aria-label={label}>
      {children}
    </ul>
  );
}

/** A row of a {@link PanelList}. */
export function PanelRow({ children }: { children: ReactNode }) {
  return <li className={useStyles().row}>{children}</li>;
}
