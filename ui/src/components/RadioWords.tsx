import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  title: { display: "block", color: tokens.colorNeutralForeground1 },
  hint: { display: "block", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** A choice in a few words, with a hint below. */
export function RadioWords({ title, hint }: { title: ReactNode; hint: ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <span className={styles.title}>{title}</span>
      <span className={styles.hint}>{hint}</span>
    </>
  );
}
