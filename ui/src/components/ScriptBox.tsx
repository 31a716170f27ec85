import { makeStyles } from "@fluentui/react-components";
import type { ScriptView } from "../contract/types";
import { t } from "../words";
import { CodeBlock } from "./CodeBlock";
import { CopyButton } from "./CopyButton";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px", alignItems: "flex-start" },
  note: { margin: 0 },
});

/** The same by hand: a script to read, and to copy whole. */
export function ScriptBox({ script }: { script: ScriptView }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <p className={styles.note}>{script.note}</p>
      <CodeBlock text={script.text} label={script.title} />
      <CopyButton text={script.text} words={t("script.copy")} copied={t("script.copied")} />
    </div>
  );
}
