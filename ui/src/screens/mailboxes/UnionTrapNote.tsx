import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { WarningIcon } from "../../components/icons";
import type { UnionTrap } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  root: {
    display: "grid",
    gridTemplateColumns: "20px 1fr",
    columnGap: "12px",
    padding: "16px 20px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
  icon: { display: "flex", color: tokens.colorStatusWarningForeground1 },
  body: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "4px", minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  line: { margin: 0 },
  mono: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: "anywhere" },
  button: { marginTop: "8px" },
});

/** A limit that limits nothing, because the same is granted without a limit; and the way out. */
export function UnionTrapNote({ trap, onMend }: { trap: UnionTrap; onMend: () => void }) {
  const styles = useStyles();
  return (
    <div className={styles.root} role="alert">
      <span className={styles.icon}>
        <WarningIcon aria-hidden="true" />
      </span>
      <div className={styles.body}>
        <h2 className={styles.title}>{trap.title}</h2>
        <p className={styles.line}>{trap.why}</p>
        <p className={styles.line}>
          {t("mailboxes.trapGranted")} <span className={styles.mono}>{trap.permissions.join(", ")}</span>
        </p>
        <Button className={styles.button} appearance="primary" onClick={onMend}>
          {t("mailboxes.mend")}
        </Button>
      </div>
    </div>
  );
}
