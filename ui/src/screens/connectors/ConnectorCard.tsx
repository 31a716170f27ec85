import { makeStyles, tokens } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { StateWord } from "../../components/StateWord";
import type { ConnectorSummary } from "../../contract/types";
import { t } from "../../words";
import { Touches } from "./Touches";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    flexGrow: 1,
    minWidth: 0,
    boxSizing: "border-box",
    padding: "20px",
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    overflowWrap: "anywhere",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    ":hover": {
      backgroundColor: tokens.colorNeutralBackground3,
      border: `1px solid ${tokens.colorNeutralStroke1Hover}`,
    },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "2px" },
  },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  vendor: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  summary: { margin: 0, flexGrow: 1 },
  setUps: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** A connector in the gallery; all of it is the way to its page. */
export function ConnectorCard({ connector }: { connector: ConnectorSummary }) {
  const styles = useStyles();
  return (
    <Link to="/connectors/$connectorId" params={{ connectorId: connector.id }} className={styles.root}>
      <div>
        <h2 className={styles.name}>{connector.name}</h2>
        <p className={styles.vendor}>{t("connectors.by", { vendor: connector.vendor })}</p>
      </div>
      <p className={styles.summary}>{connector.summary}</p>
      <Touches things={connector.touches} />
      {connector.legacy !== null && <StateWord tone="warn">{t("connectors.legacy")}</StateWord>}
      {connector.origin === "custom" && <StateWord tone="info">{t("connectors.custom")}</StateWord>}
      <span className={styles.setUps}>{t("connectors.setUps", { count: connector.connections })}</span>
    </Link>
  );
}
