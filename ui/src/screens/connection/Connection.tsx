import { makeStyles } from "@fluentui/react-components";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { PartLinks } from "../../components/PartLinks";
import { Screen } from "../../components/Screen";
import type { ConnectionView } from "../../contract/types";
import { t } from "../../words";
import { AskBeforeLeaving } from "./AskBeforeLeaving";
import { HandOverPart } from "./HandOverPart";
import { HistoryPart } from "./HistoryPart";
import { MailboxesPart } from "./MailboxesPart";
import { actsForPeople, opensMailboxes, readsReports } from "./needs";
import { OtherPart } from "./OtherPart";
import { Overview } from "./Overview";
import { PeoplePart } from "./PeoplePart";
import { PermissionsPart } from "./PermissionsPart";
import { PARTS, type Part, type PartProps } from "./part";
import { ReportsPart } from "./ReportsPart";
import { useWaitForGrant } from "./useWaitForGrant";

const useStyles = makeStyles({
  part: { display: "flex", flexDirection: "column", gap: "24px" },
});

const SHOWN: Record<Part, (props: PartProps) => ReactNode> = {
  overview: Overview,
  handOver: HandOverPart,
  permissions: PermissionsPart,
  people: PeoplePart,
  mailboxes: MailboxesPart,
  reports: ReportsPart,
  other: OtherPart,
  history: HistoryPart,
};

/** Which parts there are: each only where it has something to say. */
function partsOf(connection: ConnectionView): Part[] {
  return PARTS.filter((part) => {
    if (part === "other") return connection.grantRequest !== null;
    if (part === "people") return connection.registrations.some(actsForPeople);
    if (part === "mailboxes") return connection.registrations.some(opensMailboxes);
    return part !== "reports" || readsReports(connection);
  });
}

/** The parts of one connection. */
export function Connection({ connection }: { connection: ConnectionView }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const hash = useRouterState({ select: (state) => state.location.hash });
  useWaitForGrant(connection);
  const parts = partsOf(connection);
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
      <PartLinks
        label={t("connection.parts")}
        parts={parts.map((part) => ({ part, words: t(`connection.${part}`) }))}
        here={here}
      />
      <div key={here} className={styles.part}>
        <Shown connection={connection} onPart={go} />
      </div>
      <AskBeforeLeaving connection={connection} handedOver={here === "handOver"} />
    </Screen>
  );
}
