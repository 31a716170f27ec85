import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf, useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ErrorNote } from "../../components/ErrorNote";
import { SendIcon } from "../../components/icons";
import { PanelList, PanelRow } from "../../components/Panel";
import { StateWord } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { PersonalConnection, PersonalProof } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "4px", flexGrow: 1, minWidth: 0 },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 16px" },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, flexGrow: 1 },
  sentence: { margin: 0, overflowWrap: "anywhere" },
  lines: { margin: 0, listStyleType: "disc", paddingInlineStart: "20px", overflowWrap: "anywhere" },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  test: { marginTop: "8px" },
});

/** What was tried with a connection, and what came of it: events, numbers, names that the person knows. */
export function Proofs({ connection, onRetry }: { connection: PersonalConnection; onRetry: () => void }) {
  return (
    <PanelList label={t("personalPage.proofs")}>
      {connection.proofs.map((proof) => (
        <PanelRow key={proof.feature}>
          <Proof proof={proof} connection={connection} onRetry={onRetry} />
        </PanelRow>
      ))}
    </PanelList>
  );
}

function Proof(props: { proof: PersonalProof; connection: PersonalConnection; onRetry: () => void }) {
  const styles = useStyles();
  const now = useNow();
  const { proof, connection } = props;
  const { outcome } = proof;
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <h3 className={styles.name}>{t(`personalFeature.${proof.feature}`)}</h3>
        {outcome.kind === "works" &&
          (connection.state.kind === "works" ? (
            <StateWord tone="good">{t("personalPage.proofWorks")}</StateWord>
          ) : (
            <StateWord tone="quiet">{t("personalPage.proofWorked")}</StateWord>
          ))}
        {outcome.kind === "notTried" && <StateWord tone="info">{t("personalPage.proofNotTried")}</StateWord>}
      </div>
      {outcome.kind === "failed" ? (
        <ErrorNote error={outcome.error} actions={{ tryAgain: props.onRetry, signIn: props.onRetry }} />
      ) : (
        <p className={styles.sentence}>{outcome.sentence}</p>
      )}
      {outcome.kind === "works" && outcome.lines.length > 0 && (
        <ul className={styles.lines}>
          {outcome.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {outcome.kind !== "notTried" && (
        <p className={styles.quiet}>{t("personalPage.tried", { when: ago(proof.at, now) })}</p>
      )}
      {proof.feature === "mailSend" && outcome.kind === "notTried" && <TestMessage connection={connection} />}
    </div>
  );
}

/** Sending is tried only when the person says so: it sends a real message. */
function TestMessage({ connection }: { connection: PersonalConnection }) {
  const styles = useStyles();
  const client = useQueryClient();
  const send = useCommand("personal_test_message", (after) => {
    client.setQueryData(keyOf("personal_connection", after.id), after);
    announce(t("personalPage.tested"));
  });
  return (
    <div className={styles.test}>
      {send.isPending ? (
        <Waiting words={t("personalPage.testing")} />
      ) : (
        <Button icon={<SendIcon />} onClick={() => send.mutate(connection.id)}>
          {t("personalPage.test")}
        </Button>
      )}
      {send.error && (
        <ErrorNote error={send.error} actions={{ tryAgain: () => send.mutate(connection.id) }} />
      )}
    </div>
  );
}
