import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { PersonalConnection } from "../../contract/types";
import { t } from "../../words";
import { Face } from "./Face";

const useStyles = makeStyles({
  root: { display: "flex", alignItems: "center", gap: "16px", minWidth: 0 },
  words: { display: "flex", flexDirection: "column", minWidth: 0, overflowWrap: "anywhere" },
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Whose account, in which organisation: the picture, and the same in words. */
export function Who({ connection, above }: { connection: PersonalConnection; above?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Face name={connection.name} picture={connection.picture} />
      <div className={styles.words}>
        {above}
        <span className={styles.name}>{connection.name}</span>
        <span className={styles.quiet}>{connection.tenantName}</span>
        <span className={styles.quiet} dir="ltr">
          {connection.upn}
        </span>
        {connection.guest && <span className={styles.quiet}>{t("personal.guest")}</span>}
      </div>
    </div>
  );
}
