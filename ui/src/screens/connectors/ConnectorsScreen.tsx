import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useAnswer } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { SearchField } from "../../components/SearchField";
import { Waiting } from "../../components/Waiting";
import type { ConnectorSummary } from "../../contract/types";
import { t } from "../../words";
import { ConnectorCard } from "./ConnectorCard";
import { OpenRequest } from "./OpenRequest";
import { OwnConnector } from "./OwnConnector";

const useStyles = makeStyles({
  search: { maxWidth: "420px", width: "100%" },
  grid: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 280px), 1fr))",
    gap: "16px",
    listStyleType: "none",
    margin: 0,
    padding: 0,
    "& > li": { display: "flex", minWidth: 0 },
  },
  request: { marginTop: "8px", paddingTop: "24px", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
});

/** All connectors: what each connects, what it touches, and whether it is set up. */
export function ConnectorsScreen() {
  const styles = useStyles();
  const connectors = useAnswer("connectors", null);
  const [text, setText] = useState("");
  const fitting = connectors.data?.filter((connector) => fits(connector, text)).sort(oldWaysLast);
  return (
    <Screen title={t("connectors.title")} sentence={t("connectors.sentence")}>
      <SearchField
        className={styles.search}
        label={t("connectors.search")}
        hint={t("connectors.searchHint")}
        text={text}
        onText={setText}
      />
      {connectors.isPending && <Waiting words={t("connectors.looking")} />}
      {connectors.error && (
        <ErrorNote error={connectors.error} actions={{ tryAgain: () => void connectors.refetch() }} />
      )}
      {fitting?.length === 0 && (
        <EmptyState
          title={t("connectors.noneTitle", { text })}
          sentence={t("connectors.noneSentence")}
          action={<Button onClick={() => setText("")}>{t("connectors.showAll")}</Button>}
        />
      )}
      {fitting !== undefined && fitting.length > 0 && (
        <ul className={styles.grid} aria-label={t("connectors.list")}>
          {fitting.map((connector) => (
            <li key={connector.id}>
              <ConnectorCard connector={connector} />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.request}>
        <OwnConnector />
      </div>
      <div className={styles.request}>
        <OpenRequest />
      </div>
    </Screen>
  );
}

/** The old ways come last, the rest as the application has it. */
const oldWaysLast = (left: ConnectorSummary, right: ConnectorSummary): number =>
  Number(left.legacy !== null) - Number(right.legacy !== null);

/** True when every word of `text` is somewhere in what a connector says about itself. */
export function fits(connector: ConnectorSummary, text: string): boolean {
  const said = [connector.name, connector.vendor, connector.summary, ...connector.touches].join(" ");
  const lower = said.toLocaleLowerCase();
  return text
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
