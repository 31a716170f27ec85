import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ErrorNote } from "../../components/ErrorNote";
import { CopiedIcon, CopyIcon, OutsideIcon } from "../../components/icons";
import { Panel } from "../../components/Panel";
import { Screen } from "../../components/Screen";
import { StateWord } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { countdown } from "../../words/dates";
import { useNow } from "../../words/useNow";
import type { AskAdmin } from "./messages";
import { Stuck } from "./Stuck";
import type { Attempt } from "./useBrowserTrip";

const useStyles = makeStyles({
  panel: { display: "flex", flexDirection: "column", gap: "12px" },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
  time: { fontVariantNumeric: "tabular-nums" },
});

/** The browser is open; this screen waits, says until when, and can always be left. */
export function WaitForBrowser(props: {
  attempt: Exclude<Attempt, { kind: "none" }>;
  /** Whom to pick in the browser. */
  name: string | null;
  /** What can be done where an admin must agree. */
  admin: AskAdmin;
  onCancel: () => void;
}) {
  const styles = useStyles();
  const { attempt, name } = props;
  return (
    <Screen
      title={t("signIn.waitingTitle")}
      sentence={name === null ? t("signIn.waitingSentence") : t("signIn.waitingAs", { name })}
      secondary={<Button onClick={props.onCancel}>{t("common.cancel")}</Button>}
    >
      <Panel className={styles.panel}>
        {attempt.kind === "starting" && <Waiting words={t("signIn.starting")} />}
        {attempt.kind === "returned" && <Waiting words={t("signIn.returned")} />}
        {attempt.kind === "waiting" && <StillWaiting attempt={attempt} />}
      </Panel>
      {attempt.kind === "waiting" && (
        <Stuck
          key={attempt.id}
          signInId={attempt.id}
          name={name}
          admin={props.admin}
          onCancel={props.onCancel}
        />
      )}
      <p className={styles.quiet}>{t("signIn.never")}</p>
    </Screen>
  );
}

/** What the wait says, until when it lasts, and how the browser is opened once more. */
export function StillWaiting({ attempt }: { attempt: Extract<Attempt, { kind: "waiting" }> }) {
  const styles = useStyles();
  const now = useNow(1_000);
  const [copied, setCopied] = useState(false);
  const open = useCommand("sign_in_open_again");
  const copy = useCommand("sign_in_copy_link", () => {
    setCopied(true);
    announce(t("signIn.linkCopied"));
  });
  const left = (Date.parse(attempt.endsAt) - now.getTime()) / 1000;
  const failure = open.error ?? copy.error;
  return (
    <>
      {attempt.browserFailed ? (
        <div>
          <StateWord tone="warn">{t("signIn.browserFailed")}</StateWord>
          <p className={styles.quiet}>{t("signIn.browserFailedNext")}</p>
        </div>
      ) : (
        <Waiting words={t("signIn.waiting")} />
      )}
      {/* Not announced: a countdown that speaks every second is no help. */}
      <p className={styles.quiet} aria-live="off">
        <span className={styles.time}>{t("signIn.endsIn", { time: countdown(left) })}</span>
      </p>
      {attempt.stray !== null && <StateWord tone="info">{attempt.stray}</StateWord>}
      {failure && <ErrorNote error={failure} />}
      <div className={styles.buttons}>
        <Button icon={<OutsideIcon />} onClick={() => open.mutate(attempt.id)}>
          {t("signIn.openAgain")}
        </Button>
        <Button icon={copied ? <CopiedIcon /> : <CopyIcon />} onClick={() => copy.mutate(attempt.id)}>
          {t(copied ? "signIn.linkCopied" : "signIn.copyLink")}
        </Button>
      </div>
    </>
  );
}
