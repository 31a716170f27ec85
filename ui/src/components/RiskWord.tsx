import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { Risk } from "../contract/types";
import { t } from "../words";

const useStyles = makeStyles({
  root: {
    flexShrink: 0,
    whiteSpace: "nowrap",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "20px",
    fontWeight: tokens.fontWeightSemibold,
    padding: "0 8px",
    borderRadius: tokens.borderRadiusMedium,
    border: "1px solid transparent",
  },
  low: { backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground2 },
  medium: {
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  high: {
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
  },
  critical: {
    backgroundColor: tokens.colorStatusDangerBackground1,
    color: tokens.colorStatusDangerForeground1,
    border: `1px solid ${tokens.colorStatusDangerBorder1}`,
  },
});

const WORD = {
  low: "permission.riskLow",
  medium: "permission.riskMedium",
  high: "permission.riskHigh",
  critical: "permission.riskCritical",
} as const;

/** How much harm could come of a permission in wrong hands, as a word. The reason stands beside it in words. */
export function RiskWord({ risk }: { risk: Risk }) {
  const styles = useStyles();
  return <span className={mergeClasses(styles.root, styles[risk])}>{t(WORD[risk])}</span>;
}
