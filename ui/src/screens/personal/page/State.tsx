import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer } from "../../../backend/queries";
import { ErrorNote } from "../../../components/ErrorNote";
import { Panel } from "../../../components/Panel";
import { StateWord } from "../../../components/StateWord";
import { Waiting } from "../../../components/Waiting";
import type { PersonalConnection } from "../../../contract/types";
import { t } from "../../../words";
import { ago } from "../../../words/dates";
import { useNow } from "../../../words/useNow";
import { placed } from "../places";
import { looksFirst, STATE_TONES } from "../states";
import { Who } from "../Who";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "16px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  when: { color: tokens.colorNeutralForeground2, flexGrow: 1 },
  line: { margin: 0, maxWidth: "64ch" },
});

/** Whether it works, as of when, and why it does not. */
export function State(props: {
  connection: PersonalConnection;
  checking: boolean;
  /** Signing in again has just failed and says why above. */
  failed: boolean;
  onCheck: () => void;
}) {
  const styles = useStyles();
  const now = useNow();
  const { connection } = props;
  const { state, checkedAt } = connection;
  return (
    <>
      {state.kind === "reconnect" && !props.failed && (
        // What to do about it is the page's own first button.
        <ErrorNote error={{ ...state.error, action: null }} />
      )}
      <Panel className={styles.root}>
        <Who connection={connection} />
        <div className={styles.row}>
          <StateWord tone={STATE_TONES[state.kind]}>{t(`personalState.${state.kind}`)}</StateWord>
          <span className={styles.when}>
            {checkedAt === null
              ? t("personal.neverChecked")
              : t("personal.checked", { when: ago(checkedAt, now) })}
          </span>
          {props.checking && <Waiting words={t("personalPage.checking")} />}
          {!props.checking && !looksFirst(state) && (
            <Button onClick={props.onCheck}>{t("personalPage.check")}</Button>
          )}
        </div>
        {state.kind === "offline" && <p className={styles.line}>{t("personalPage.offlineSentence")}</p>}
        {state.kind === "vaultClosed" && <p className={styles.line}>{t("personalPage.vaultSentence")}</p>}
        <MoreWaits connectionId={connection.id} />
      </Panel>
    </>
  );
}

/** More was asked for, and waits for an admin. The connection itself goes on as before. */
function MoreWaits({ connectionId }: { connectionId: string }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const approval = useAnswer("approvals", null).data?.find(
    (each) => each.request.connectionId === connectionId && each.watch.kind !== "granted",
  );
  if (approval === undefined) return null;
  return (
    <>
      <p className={styles.line}>{t("personalPage.adminSentence")}</p>
      <div>
        <Button onClick={() => void navigate(placed("approval", approval.id))}>
          {t("personalPage.adminOpen")}
        </Button>
      </div>
    </>
  );
}
