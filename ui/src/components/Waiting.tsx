import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { Spinner } from "./Spinner";

const useStyles = makeStyles({
  root: { display: "flex", alignItems: "center", gap: "12px", minHeight: "40px" },
  why: { color: tokens.colorNeutralForeground2 },
});

/** Something takes a moment: what, and where it helps, why. */
export function Waiting({ words, why }: { words: string; why?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.root} role="status">
      <Spinner />
      <div>
        <div>{words}</div>
        {why !== undefined && <div className={styles.why}>{why}</div>}
      </div>
    </div>
  );
}
