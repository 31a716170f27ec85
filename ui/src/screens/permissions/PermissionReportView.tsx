import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useAnswer } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Id } from "../../components/Id";
import { RefreshIcon } from "../../components/icons";
import { Waiting } from "../../components/Waiting";
import type { PermissionReport } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { Problems } from "../plan/Problems";
import { Truths } from "./Truths";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  facts: { display: "flex", flexWrap: "wrap", gap: "4px 24px", alignItems: "center" },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** The permissions of one app with their three truths. */
export function PermissionReportView({ appId }: { appId: string }) {
  const styles = useStyles();
  const now = useNow();
  const report = useAnswer("permission_report", { appId }, { fresh: true });
  const again = () => void report.refetch();
  return (
    <div className={styles.root}>
      {report.isFetching && <Waiting words={t("permissions.report")} />}
      {report.error && !report.isFetching && <ErrorNote error={report.error} actions={{ tryAgain: again }} />}
      {report.data && (
        <>
          <Ids report={report.data} />
          <div className={styles.facts}>
            <span className={styles.quiet}>{t("permissions.at", { when: ago(report.data.at, now) })}</span>
            <Button size="small" icon={<RefreshIcon />} onClick={again}>
              {t("permissions.again")}
            </Button>
          </div>
          <Problems problems={report.data.problems} actions={{}} />
          <Truths
            statuses={report.data.permissions}
            name={report.data.registration.name}
            appId={report.data.registration.appId}
            empty={t("permissions.reportNone")}
          />
        </>
      )}
    </div>
  );
}

function Ids({ report }: { report: PermissionReport }) {
  const styles = useStyles();
  const { registration } = report;
  return (
    <>
      <div className={styles.facts}>
        <span>
          {t("permissions.clientId")} <Id value={registration.appId} label={t("permissions.clientId")} />
        </span>
        {registration.objectId !== null && (
          <span>
            {t("permissions.objectId")} <Id value={registration.objectId} label={t("permissions.objectId")} />
          </span>
        )}
      </div>
      {registration.objectId === null && <p className={styles.quiet}>{t("permissions.elsewhere")}</p>}
    </>
  );
}
