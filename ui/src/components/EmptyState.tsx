import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    gap: "8px",
    padding: "24px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
  sentence: { margin: 0, color: tokens.colorNeutralForeground2, maxWidth: "56ch" },
  action: { marginTop: "8px" },
});

/** Nothing here yet: what will be here, and how to get it. */
export function EmptyState(props: { title: string; sentence: string; action?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <p className={styles.title}>{props.title}</p>
      <p className={styles.sentence}>{props.sentence}</p>
      {props.action && <div className={styles.action}>{props.action}</div>}
    </div>
  );
}
