import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  title: { display: "block", color: tokens.colorNeutralForeground1 },
  hint: { display: "block", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** A choice in a few words, with a hint below where it helps. */
export function RadioWords({ title, hint }: { title: ReactNode; hint?: ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <span className={styles.title}>{title}</span>
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
    </>
  );
}
