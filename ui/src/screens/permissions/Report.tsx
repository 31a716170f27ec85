import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { useAnswer } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Id } from "../../components/Id";
import { BackIcon, RefreshIcon } from "../../components/icons";
import { Waiting } from "../../components/Waiting";
import type { PermissionReport } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { Problems } from "../plan/Problems";
import { Truths } from "./Truths";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  back: { "@media (min-width: 1000px)": { display: "none" } },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
    outlineStyle: "none",
  },
  facts: { display: "flex", flexWrap: "wrap", gap: "4px 24px", alignItems: "center" },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** One app: what it asks for, what it has, what its tokens carry. */
export function Report({ appId, onBack }: { appId: string; onBack: () => void }) {
  const styles = useStyles();
  const report = useAnswer("permission_report", { appId }, { fresh: true });
  const again = () => void report.refetch();
  return (
    <div className={styles.root}>
      <div className={styles.back}>
        <Button icon={<BackIcon />} onClick={onBack}>
          {t("permissions.back")}
        </Button>
      </div>
      {report.isFetching && <Waiting words={t("permissions.report")} />}
      {report.error && !report.isFetching && <ErrorNote error={report.error} actions={{ tryAgain: again }} />}
      {report.data && <Known report={report.data} onAgain={again} />}
    </div>
  );
}

function Known({ report, onAgain }: { report: PermissionReport; onAgain: () => void }) {
  const styles = useStyles();
  const now = useNow();
  const heading = useRef<HTMLHeadingElement>(null);
  const { registration } = report;
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <h2 className={styles.name} ref={heading} tabIndex={-1}>
        {registration.name}
      </h2>
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
      <div className={styles.facts}>
        <span className={styles.quiet}>{t("permissions.at", { when: ago(report.at, now) })}</span>
        <Button size="small" icon={<RefreshIcon />} onClick={onAgain}>
          {t("permissions.again")}
        </Button>
      </div>
      <Problems problems={report.problems} actions={{}} />
      <Truths
        statuses={report.permissions}
        name={registration.name}
        appId={registration.appId}
        empty={t("permissions.reportNone")}
      />
    </>
  );
}
