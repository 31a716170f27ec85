import { makeStyles, tokens } from "@fluentui/react-components";
import { StateWord } from "../../components/StateWord";
import { t } from "../../words";

const useStyles = makeStyles({
  root: {
    padding: "12px 16px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
  why: { margin: "4px 0 0" },
});

/** Says of a connector that does things the old way what is gone, and what takes its place. */
export function Legacy({ why }: { why: string }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <StateWord tone="warn">{t("connectors.legacyTitle")}</StateWord>
      <p className={styles.why}>{why}</p>
    </div>
  );
}
