import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useCallback } from "react";
import { useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ErrorNote } from "../../components/ErrorNote";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { Notes } from "../notes/Notes";
import { ProofList } from "../run/ProofList";
import { FollowUps } from "./FollowUps";
import type { PartProps } from "./part";
import { RetestNote } from "./RetestNote";
import { Secrets } from "./Secrets";
import { TryBySigningIn } from "./TryBySigningIn";
import { CONNECTION_TONES } from "./tones";

const useStyles = makeStyles({
  state: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  when: { color: tokens.colorNeutralForeground2, flexGrow: 1 },
  waits: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "8px" },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  line: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** How a connection stands: state, days left, what was proved, what is left to do. */
export function Overview({ connection, onPart }: PartProps) {
  const styles = useStyles();
  const now = useNow();
  const { summary } = connection;
  const test = useCommand("connection_test", () => announce(t("connection.tested")));
  const { mutate } = test;
  const again = useCallback(() => mutate(summary.id), [mutate, summary.id]);
  return (
    <>
      <Panel className={styles.state}>
        <StateWord tone={CONNECTION_TONES[summary.state]}>{t(`connection.${summary.state}`)}</StateWord>
        <span className={styles.when}>
          {summary.provedAt === null
            ? t("connection.neverProved")
            : t("connection.proved", { when: ago(summary.provedAt, now) })}
        </span>
        {test.isPending ? (
          <Waiting words={t("connection.testing")} />
        ) : (
          <Button onClick={again}>{t("connection.testAgain")}</Button>
        )}
      </Panel>
      {connection.retest && <RetestNote retest={connection.retest} busy={test.isPending} onTest={again} />}
      {test.error && <ErrorNote error={test.error} actions={{ tryAgain: again }} />}
      {connection.grantRequest !== null && (
        <Panel className={styles.waits}>
          <h2 className={styles.title}>{t("connection.waitsTitle")}</h2>
          <p className={styles.line}>{t("connection.waitsSentence")}</p>
          <Button appearance="primary" onClick={() => onPart("other")}>
            {t("connection.waitsButton")}
          </Button>
        </Panel>
      )}
      <Secrets connection={connection} />
      {connection.followUps.length > 0 && (
        <Section
          title={t("connection.followUps")}
          sentence={t("connection.followUpsSentence", { name: summary.connectorName })}
        >
          <FollowUps connection={connection} states={connection.followUps} />
        </Section>
      )}
      <Section title={t("connection.proofs")}>
        {connection.proofs.length > 0 ? (
          <ProofList proofs={connection.proofs} actions={{ tryAgain: again }} />
        ) : (
          <p className={styles.line}>{t("connection.proofsNone")}</p>
        )}
        {connection.toTry.map((key) => (
          <TryBySigningIn
            key={key}
            request={{ connectionId: summary.id, registration: key }}
            name={connection.registrations.find((each) => each.key === key)?.name ?? key}
          />
        ))}
      </Section>
      <Notes subject={{ kind: "connection", connectionId: summary.id }} />
    </>
  );
}
