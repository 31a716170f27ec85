import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { PanelList, PanelRow } from "../../components/Panel";
import { PermissionRow } from "../../components/PermissionRow";
import { StateWord } from "../../components/StateWord";
import type { PermissionStatus } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  lacks: { display: "flex", flexWrap: "wrap", gap: "8px 16px", alignItems: "center" },
  words: { flexGrow: 1 },
  line: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** True when a permission is asked for and known not to be granted. */
export const lacksGrant = ({
  requested,
  granted,
}: Pick<PermissionStatus, "requested" | "granted">): boolean =>
  requested.kind === "yes" && granted.kind === "no";

/** The permissions of one registration with their three truths, and Grant where one is missing. */
export function Truths(props: { statuses: PermissionStatus[]; name: string; appId: string; empty: string }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const { statuses, name, appId } = props;
  const missing = statuses.filter(lacksGrant).length;
  if (statuses.length === 0) return <p className={styles.line}>{props.empty}</p>;
  return (
    <>
      {missing > 0 && (
        <div className={styles.lacks}>
          <span className={styles.words}>
            <StateWord tone="warn">{t("connection.grantMissing", { count: missing })}</StateWord>
          </span>
          <Button
            appearance="primary"
            aria-label={t("connection.grantLabel", { name })}
            onClick={() => void navigate({ to: "/plan", search: { request: { kind: "grant", appId } } })}
          >
            {t("connection.grant")}
          </Button>
        </div>
      )}
      <PanelList label={name}>
        {statuses.map((status) => (
          <PanelRow key={status.permission.key}>
            <PermissionRow permission={status.permission} status={status} />
          </PanelRow>
        ))}
      </PanelList>
    </>
  );
}
