import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { PermissionStatus, PermissionWords, Truth } from "../contract/types";
import { t } from "../words";
import { NoIcon, UnknownIcon, YesIcon } from "./icons";
import { RiskWord } from "./RiskWord";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "4px", minWidth: 0, flexGrow: 1 },
  head: { display: "flex", alignItems: "baseline", gap: "12px", justifyContent: "space-between" },
  sentence: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  name: {
    margin: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: "anywhere",
  },
  mono: { fontFamily: tokens.fontFamilyMonospace, unicodeBidi: "isolate" },
  why: { margin: 0, color: tokens.colorNeutralForeground2 },
  risk: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  truths: { display: "flex", flexWrap: "wrap", gap: "4px 20px", margin: "4px 0 0", padding: 0 },
  truth: { display: "inline-flex", alignItems: "center", gap: "4px", fontSize: tokens.fontSizeBase200 },
  yes: { color: tokens.colorStatusSuccessForeground1, display: "flex" },
  no: { color: tokens.colorNeutralForeground3, display: "flex" },
  unknown: { color: tokens.colorStatusWarningForeground1, display: "flex" },
  retired: { margin: 0, color: tokens.colorStatusWarningForeground1 },
});

/** A permission: its sentence first, its name below, its risk as a word, and its three truths where they are known. */
export function PermissionRow(props: {
  permission: PermissionWords;
  /** The three truths; left out before anything was asked for. */
  status?: Pick<PermissionStatus, "requested" | "granted" | "inToken" | "grantedFor">;
  /** A button at the end, such as Grant. */
  action?: ReactNode;
}) {
  const styles = useStyles();
  const { permission, status } = props;
  const application = permission.kind === "application";
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <p className={styles.sentence}>{permission.sentence}</p>
        <RiskWord risk={permission.risk} />
      </div>
      <p className={styles.name}>
        <span className={styles.mono} dir="ltr">
          {permission.value}
        </span>
        {` · ${permission.resource} · `}
        <span title={t(application ? "permission.applicationHint" : "permission.delegatedHint")}>
          {t(application ? "permission.application" : "permission.delegated")}
        </span>
      </p>
      {permission.why !== "" && <p className={styles.why}>{permission.why}</p>}
      {permission.riskReason !== "" && (
        <p className={styles.risk}>{t("plan.riskWhy", { why: permission.riskReason })}</p>
      )}
      {permission.retired !== null && <p className={styles.retired}>{permission.retired}</p>}
      {status && (
        <div className={styles.truths}>
          <TruthMark name={t("permission.requested")} truth={status.requested} />
          <TruthMark name={t("permission.granted")} truth={status.granted} detail={status.grantedFor} />
          <TruthMark name={t("permission.inToken")} truth={status.inToken} />
        </div>
      )}
      {props.action}
    </div>
  );
}

/** One truth, as icon and word; the reason of an unknown one can be read. */
export function TruthMark({ name, truth, detail }: { name: string; truth: Truth; detail?: string | null }) {
  const styles = useStyles();
  const Icon = { yes: YesIcon, no: NoIcon, unknown: UnknownIcon }[truth.kind];
  const word = t(`permission.${truth.kind}`);
  return (
    <span className={styles.truth}>
      <span className={styles[truth.kind]}>
        <Icon aria-hidden="true" />
      </span>
      <span>
        {name}: {detail ?? word}
        {truth.kind === "unknown" && ` (${truth.why})`}
      </span>
    </span>
  );
}
