import { makeStyles, Tab, TabList } from "@fluentui/react-components";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useId } from "react";
import { Screen } from "../../components/Screen";
import type { ConnectionView } from "../../contract/types";
import { t } from "../../words";
import { AskBeforeLeaving } from "./AskBeforeLeaving";
import { HandOverPart } from "./HandOverPart";
import { HistoryPart } from "./HistoryPart";
import { OtherPart } from "./OtherPart";
import { Overview } from "./Overview";
import { PermissionsPart } from "./PermissionsPart";

const useStyles = makeStyles({
  tabs: { flexWrap: "wrap", marginInlineStart: "-12px" },
  part: { display: "flex", flexDirection: "column", gap: "24px" },
});

const PARTS = {
  overview: Overview,
  handOver: HandOverPart,
  permissions: PermissionsPart,
  other: OtherPart,
  history: HistoryPart,
} as const;

/** A part of a connection's page; its name stands in the address. */
export type Part = keyof typeof PARTS;

/** The parts of one connection. The one for another person is there only while something is missing. */
export function Connection({ connection }: { connection: ConnectionView }) {
  const styles = useStyles();
  const id = useId();
  const navigate = useNavigate();
  const hash = useRouterState({ select: (state) => state.location.hash });
  const parts = (Object.keys(PARTS) as Part[]).filter(
    (part) => part !== "other" || connection.grantRequest !== null,
  );
  const here = parts.find((part) => part === hash) ?? "overview";
  const { summary } = connection;
  const go = (part: Part) =>
    void navigate({
      to: "/connections/$connectionId",
      params: { connectionId: summary.id },
      hash: part,
      replace: true,
      resetScroll: false,
      hashScrollIntoView: false,
    });
  const Shown = PARTS[here];
  return (
    <Screen
      title={summary.connectorName}
      sentence={t("connection.sentence", { organisation: summary.tenantName })}
    >
      <TabList
        className={styles.tabs}
        aria-label={t("connection.parts")}
        selectedValue={here}
        onTabSelect={(_, { value }) => go(value as Part)}
      >
        {parts.map((part) => (
          <Tab key={part} id={`${id}-${part}`} value={part} aria-controls={`${id}-panel`}>
            {t(`connection.${part}`)}
          </Tab>
        ))}
      </TabList>
      <div
        key={here}
        className={styles.part}
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${here}`}
      >
        <Shown connection={connection} onPart={go} />
      </div>
      <AskBeforeLeaving connection={connection} handedOver={here === "handOver"} />
    </Screen>
  );
}

/** What every part is given. */
export interface PartProps {
  connection: ConnectionView;
  onPart: (part: Part) => void;
}
