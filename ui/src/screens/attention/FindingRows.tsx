import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { PanelList, PanelRow } from "../../components/Panel";
import { StateWord, type Tone } from "../../components/StateWord";
import { useTextLink } from "../../components/textLink";
import type { AppFinding, Severity } from "../../contract/types";
import { t } from "../../words";
import { shortDate } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { IgnoreDialog } from "./IgnoreDialog";
import { useRemedy } from "./useRemedy";

const useStyles = makeStyles({
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  severity: { fontSize: tokens.fontSizeBase200 },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  why: { margin: 0, color: tokens.colorNeutralForeground2 },
  seen: {
    margin: "8px 0 0",
    paddingInlineStart: "12px",
    listStyleType: "none",
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  remedy: { margin: "8px 0 0" },
  buttons: {
    display: "flex",
    flexDirection: "column",
    alignItems: "stretch",
    gap: "4px",
    flexShrink: 0,
    minWidth: "128px",
    alignSelf: "flex-start",
    "@media (max-width: 639px)": { flexDirection: "row", flexWrap: "wrap", flexShrink: 1 },
  },
});

/** How much a finding matters, as {@link StateWord} shows it. */
export const SEVERITY: Record<Severity, Tone> = { critical: "bad", warning: "warn", info: "info" };

/** Findings, each with what was seen, why it matters, what can be done, and its button. */
export function FindingRows(props: {
  findings: AppFinding[];
  label: string;
  /** Each says of which app it is, with the way there. */
  withApp?: boolean;
  /** Each says how much it matters. */
  withSeverity?: boolean;
}) {
  const [ignoring, setIgnoring] = useState<AppFinding | null>(null);
  return (
    <>
      <PanelList label={props.label}>
        {props.findings.map((finding) => (
          <PanelRow key={finding.id}>
            <Finding
              finding={finding}
              withApp={props.withApp ?? false}
              withSeverity={props.withSeverity ?? false}
              onIgnore={() => setIgnoring(finding)}
            />
          </PanelRow>
        ))}
      </PanelList>
      {ignoring && <IgnoreDialog finding={ignoring} onClose={() => setIgnoring(null)} />}
    </>
  );
}

function Finding(props: {
  finding: AppFinding;
  withApp: boolean;
  withSeverity: boolean;
  onIgnore: () => void;
}) {
  const styles = useStyles();
  const link = useTextLink();
  const now = useNow();
  const go = useRemedy();
  const show = useCommand("finding_show_again");
  const { finding } = props;
  const { remedy, ignored } = finding;
  const action = remedy?.action ?? null;
  return (
    <>
      <div className={styles.words}>
        {props.withSeverity && (
          <div className={styles.severity}>
            <StateWord tone={SEVERITY[finding.severity]}>{t(`health.${finding.severity}`)}</StateWord>
          </div>
        )}
        <p className={styles.title}>{finding.title}</p>
        <p className={styles.why}>{finding.why}</p>
        {finding.evidence.length > 0 && (
          <ul className={styles.seen} aria-label={t("finding.evidence")}>
            {finding.evidence.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {remedy !== null && ignored === null && <p className={styles.remedy}>{remedy.sentence}</p>}
        {ignored !== null && (
          <p className={styles.remedy}>
            {ignored.until === null
              ? t("finding.ignoredAlways", { reason: ignored.reason })
              : t("finding.ignoredUntil", { when: shortDate(ignored.until, now), reason: ignored.reason })}
          </p>
        )}
        {props.withApp && (
          <Link to="/apps/$appId" params={{ appId: finding.appId }} className={link}>
            {t("finding.open", { name: finding.appName })}
          </Link>
        )}
        {show.error && <ErrorNote error={show.error} />}
      </div>
      <div className={styles.buttons}>
        {ignored !== null ? (
          <Button
            aria-label={t("finding.showAgainLabel", { title: finding.title })}
            onClick={() => show.mutate(finding.id)}
          >
            {t("finding.showAgain")}
          </Button>
        ) : (
          <>
            {action !== null && remedy !== null && remedy.button !== null && (
              <Button aria-label={`${remedy.button}: ${finding.title}`} onClick={() => go(action)}>
                {remedy.button}
              </Button>
            )}
            <Button
              appearance="subtle"
              aria-label={t("finding.ignoreLabel", { title: finding.title })}
              onClick={props.onIgnore}
            >
              {t("finding.ignore")}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
