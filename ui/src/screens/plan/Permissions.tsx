import { makeStyles, tokens } from "@fluentui/react-components";
import { PanelList, PanelRow } from "../../components/Panel";
import { PermissionRow } from "../../components/PermissionRow";
import type { PermissionWords } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  risk: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Permissions in words, each with its risk and the reason for it. */
export function Permissions({ permissions, label }: { permissions: PermissionWords[]; label: string }) {
  const styles = useStyles();
  return (
    <PanelList label={label}>
      {permissions.map((permission) => (
        <PanelRow key={permission.key}>
          <PermissionRow
            permission={permission}
            action={
              permission.riskReason !== "" && (
                <p className={styles.risk}>{t("plan.riskWhy", { why: permission.riskReason })}</p>
              )
            }
          />
        </PanelRow>
      ))}
    </PanelList>
  );
}
