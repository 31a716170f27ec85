import { makeStyles } from "@fluentui/react-components";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Screen } from "../../components/Screen";
import type { ConnectionView } from "../../contract/types";
import { t } from "../../words";
import { AskBeforeLeaving } from "./AskBeforeLeaving";
import { HandOverPart } from "./HandOverPart";
import { HistoryPart } from "./HistoryPart";
import { OtherPart } from "./OtherPart";
import { Overview } from "./Overview";
import { Parts } from "./Parts";
import { PermissionsPart } from "./PermissionsPart";
import { PARTS, type Part, type PartProps } from "./part";

const useStyles = makeStyles({
  part: { display: "flex", flexDirection: "column", gap: "24px" },
});

const SHOWN: Record<Part, (props: PartProps) => ReactNode> = {
  overview: Overview,
  handOver: HandOverPart,
  permissions: PermissionsPart,
  other: OtherPart,
  history: HistoryPart,
};

/** The parts of one connection. The one for another person is there only while something is missing. */
export function Connection({ connection }: { connection: ConnectionView }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const hash = useRouterState({ select: (state) => state.location.hash });
  const parts = PARTS.filter((part) => part !== "other" || connection.grantRequest !== null);
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
  const Shown = SHOWN[here];
  return (
    <Screen
      title={summary.connectorName}
      sentence={t("connection.sentence", { organisation: summary.tenantName })}
    >
      <Parts connection={connection} parts={parts} here={here} />
      <div key={here} className={styles.part}>
        <Shown connection={connection} onPart={go} />
      </div>
      <AskBeforeLeaving connection={connection} handedOver={here === "handOver"} />
    </Screen>
  );
}
