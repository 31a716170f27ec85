import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { FailedIcon, InfoIcon, OpenIcon, WarningIcon } from "../../components/icons";
import { Waiting } from "../../components/Waiting";
import type { RuleCount } from "../../contract/types";
import { t } from "../../words";
import { FindingRows } from "./FindingRows";

const useStyles = makeStyles({
  root: { minWidth: 0 },
  summary: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    minHeight: "48px",
    padding: "0 20px",
    boxSizing: "border-box",
    cursor: "pointer",
    listStyleType: "none",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    "::-webkit-details-marker": { display: "none" },
    ":hover": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "2px" },
    "@media (max-width: 639px)": { padding: "0 16px" },
  },
  icon: { display: "flex", flexShrink: 0 },
  critical: { color: tokens.colorStatusDangerForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  info: { color: tokens.colorBrandForeground1 },
  name: {
    margin: 0,
    flexGrow: 1,
    minWidth: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
  },
  count: {
    fontSize: tokens.fontSizeBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  arrow: { display: "flex", flexShrink: 0, color: tokens.colorNeutralForeground3 },
  arrowOpen: { transform: "rotate(180deg)" },
  body: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    gap: "12px",
    paddingTop: "12px",
  },
  rows: { width: "100%" },
});

const ICONS = { critical: FailedIcon, warning: WarningIcon, info: InfoIcon } as const;
/** Findings that are shown at once; more on demand. */
const SOME = 20;

/** Everything that one rule found, folded under its name and number. */
export function RuleGroup({ group, open: openFirst }: { group: RuleCount; open: boolean }) {
  const styles = useStyles();
  const [open, setOpen] = useState(openFirst);
  const Icon = ICONS[group.severity];
  return (
    <details
      className={styles.root}
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className={styles.summary}>
        <span
          className={mergeClasses(styles.icon, styles[group.severity])}
          title={t(`health.${group.severity}`)}
        >
          <Icon aria-hidden="true" />
        </span>
        <h2 className={styles.name}>{group.name}</h2>
        <span className={styles.count}>{t("attention.count", { count: group.count })}</span>
        <span className={mergeClasses(styles.arrow, open && styles.arrowOpen)}>
          <OpenIcon aria-hidden="true" />
        </span>
      </summary>
      {open && <Found group={group} />}
    </details>
  );
}

function Found({ group }: { group: RuleCount }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [limit, setLimit] = useState(SOME);
  const query = { rule: group.rule, appId: null, text: "", ignored: false, offset: 0 };
  const page = useAnswer("findings", { ...query, limit }, { keepPrevious: true });
  const bulk = group.rule === "expiredLeftBehind" && group.count > 1;
  if (page.error) return <ErrorNote error={page.error} actions={{ tryAgain: () => void page.refetch() }} />;
  return (
    <div className={styles.body}>
      {bulk && (
        <Button
          appearance="primary"
          onClick={() =>
            void navigate({ to: "/plan", search: { request: { kind: "removeEnded", appIds: null } } })
          }
        >
          {t("attention.removeAll", { count: group.count })}
        </Button>
      )}
      {page.data === undefined ? (
        <Waiting words={t("attention.looking")} />
      ) : (
        <div className={styles.rows}>
          <FindingRows findings={page.data.findings} label={group.name} withApp />
        </div>
      )}
      {page.data !== undefined && page.data.total > limit && (
        <Button onClick={() => setLimit(Math.min(500, limit * 5))}>{t("attention.more")}</Button>
      )}
    </div>
  );
}
