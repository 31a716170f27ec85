import { makeStyles, tokens } from "@fluentui/react-components";
import type { PlanStep } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  summary: {
    cursor: "pointer",
    minHeight: "24px",
    lineHeight: "24px",
    width: "fit-content",
    color: tokens.colorBrandForegroundLink,
    fontSize: tokens.fontSizeBase200,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "2px" },
  },
  request: {
    margin: "4px 0 8px",
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    userSelect: "text",
    unicodeBidi: "isolate",
  },
  method: { fontWeight: tokens.fontWeightBold },
  undo: { margin: "4px 0 0", color: tokens.colorNeutralForeground2 },
});

/** The request as it will be sent, and how it is undone; folded away. */
export function Exact({ step }: { step: PlanStep }) {
  const styles = useStyles();
  if (step.already || (step.requests.length === 0 && step.undo === null)) return null;
  return (
    <details>
      <summary className={styles.summary}>{t("plan.exact", { count: step.requests.length })}</summary>
      {step.undo !== null && <p className={styles.undo}>{t("plan.undo", { how: step.undo })}</p>}
      {step.requests.map((request) => (
        <pre className={styles.request} key={`${request.method} ${request.url} ${request.body}`} dir="ltr">
          <span className={styles.method}>{request.method}</span> {request.url}
          {request.body !== null && `\n\n${request.body}`}
        </pre>
      ))}
    </details>
  );
}
