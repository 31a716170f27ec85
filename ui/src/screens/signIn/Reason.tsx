import { makeStyles, tokens } from "@fluentui/react-components";
import { useAnswer } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { PanelList, PanelRow } from "../../components/Panel";
import { PermissionRow } from "../../components/PermissionRow";
import type { SignInPurpose } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px" },
  sentence: { margin: 0, maxWidth: "64ch" },
  summary: {
    cursor: "pointer",
    minHeight: "24px",
    width: "fit-content",
    color: tokens.colorBrandForegroundLink,
  },
  list: { marginTop: "8px" },
});

/** Why Gatehouse asks for what it asks for, before the browser opens. */
export function Reason({ purpose }: { purpose: SignInPurpose }) {
  const styles = useStyles();
  const reason = useAnswer("sign_in_reason", purpose);
  if (reason.error) {
    return <ErrorNote error={reason.error} actions={{ tryAgain: () => void reason.refetch() }} />;
  }
  if (reason.data === undefined) return null;
  return (
    <div className={styles.root}>
      <p className={styles.sentence}>{reason.data.sentence}</p>
      <details>
        <summary className={styles.summary}>{t("signIn.asked")}</summary>
        <div className={styles.list}>
          <PanelList label={t("signIn.asked")}>
            {reason.data.permissions.map((permission) => (
              <PanelRow key={permission.key}>
                <PermissionRow permission={permission} />
              </PanelRow>
            ))}
          </PanelList>
        </div>
      </details>
    </div>
  );
}
