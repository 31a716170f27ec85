import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { Link, useNavigate } from "@tanstack/react-router";
import { useAnswer } from "../../backend/queries";
import { DaysLeft } from "../../components/DaysLeft";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord, type Tone } from "../../components/StateWord";
import { useTextLink } from "../../components/textLink";
import { Waiting } from "../../components/Waiting";
import type { ConnectionState, ConnectionSummary } from "../../contract/types";
import { t, type WordKey } from "../../words";
import { ago, daysUntil, shortDate } from "../../words/dates";

const useStyles = makeStyles({
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  name: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
  facts: {
    display: "flex",
    flexWrap: "wrap",
    gap: "0 16px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  none: { width: "64px", textAlign: "center", color: tokens.colorNeutralForeground3, flexShrink: 0 },
});

const STATES: Record<ConnectionState, [Tone, WordKey]> = {
  works: ["good", "home.stateWorks"],
  notProved: ["info", "home.stateNotProved"],
  waitingForOther: ["wait", "home.stateWaitingForOther"],
  broken: ["bad", "home.stateBroken"],
};

/** What is connected, by the day its secret ends. `quiet` when something else on the screen is more pressing. */
export function Connected({ now, quiet }: { now: Date; quiet: boolean }) {
  const navigate = useNavigate();
  const connections = useAnswer("connections", null);
  if (connections.error) {
    return <ErrorNote error={connections.error} actions={{ tryAgain: () => void connections.refetch() }} />;
  }
  if (connections.data === undefined) return <Waiting words={t("home.looking")} />;
  if (connections.data.length === 0) {
    return (
      <EmptyState
        title={t("home.emptyTitle")}
        sentence={t("home.emptySentence")}
        action={
          <Button
            appearance={quiet ? "secondary" : "primary"}
            onClick={() => void navigate({ to: "/connectors" })}
          >
            {t("home.doorConnect")}
          </Button>
        }
      />
    );
  }
  const byEnd = [...connections.data].sort((left, right) => end(left).localeCompare(end(right)));
  return (
    <Section title={t("home.connections")}>
      <PanelList label={t("home.connections")}>
        {byEnd.map((connection) => (
          <PanelRow key={connection.id}>
            <Row connection={connection} now={now} />
          </PanelRow>
        ))}
      </PanelList>
    </Section>
  );
}

const end = (connection: ConnectionSummary) => connection.nextExpiry ?? "9999";

function Row({ connection, now }: { connection: ConnectionSummary; now: Date }) {
  const styles = useStyles();
  const link = useTextLink();
  const [tone, word] = STATES[connection.state];
  const { nextExpiry } = connection;
  return (
    <>
      {nextExpiry === null ? (
        <span className={styles.none} title={t("home.noExpiry")}>
          –
        </span>
      ) : (
        <DaysLeft until={nextExpiry} now={now} />
      )}
      <div className={styles.words}>
        <Link
          to="/connections/$connectionId"
          params={{ connectionId: connection.id }}
          className={`${link} ${styles.name}`}
        >
          {connection.connectorName}
        </Link>
        <div className={styles.facts}>
          <StateWord tone={tone}>{t(word)}</StateWord>
          {nextExpiry !== null && (
            <span>
              {t(daysUntil(nextExpiry, now) < 0 ? "home.secretEnded" : "home.secretEnds", {
                when: shortDate(nextExpiry, now),
              })}
            </span>
          )}
          {connection.provedAt !== null && (
            <span>{t("home.proved", { when: ago(connection.provedAt, now) })}</span>
          )}
        </div>
      </div>
    </>
  );
}
