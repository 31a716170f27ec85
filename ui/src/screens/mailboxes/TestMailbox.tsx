import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { type FormEvent, useId, useState } from "react";
import { useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ErrorNote } from "../../components/ErrorNote";
import { Section } from "../../components/Section";
import { StateWord, type Tone } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { MailboxTestResult, Truth } from "../../contract/types";
import { t } from "../../words";
import { PeopleBox } from "../wizard/answers/PeopleBox";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "4px" },
  row: {
    display: "flex",
    flexWrap: "wrap",
    gap: "8px",
    "& > :first-child": { flexGrow: 1, minWidth: "min(100%, 240px)" },
  },
  result: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    padding: "16px 20px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    "@media (forced-colors: active)": { border: "1px solid" },
  },
  list: { margin: 0, paddingInlineStart: "20px", overflowWrap: "anywhere" },
  line: { margin: 0 },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
});

const TONES: Record<Truth["kind"], Tone> = { yes: "good", no: "no", unknown: "wait" };

/** Asks whether one mailbox is reached. Both answers can be the right one, so neither looks like a failure. */
export function TestMailbox({ appId }: { appId: string }) {
  const styles = useStyles();
  const id = useId();
  const [mailbox, setMailbox] = useState("");
  const test = useCommand("mailbox_access_test", ({ sentence }) => announce(sentence));
  const run = (event?: FormEvent) => {
    event?.preventDefault();
    if (mailbox.includes("@") && !test.isPending) test.mutate({ appId, mailbox: mailbox.trim() });
  };
  return (
    <Section title={t("mailboxes.test")} sentence={t("mailboxes.testSentence")}>
      <form className={styles.form} onSubmit={run}>
        <span id={id}>{t("mailboxes.testLabel")}</span>
        <div className={styles.row}>
          <div>
            <PeopleBox
              value={mailbox}
              wanted={mailbox.trim()}
              labelledBy={id}
              placeholder={t("wizard.mailboxType")}
              none={t("wizard.mailboxNone")}
              onChange={setMailbox}
              onTake={(person) => person.mail !== null && setMailbox(person.mail)}
            />
          </div>
          <Button type="submit" disabledFocusable={!mailbox.includes("@") || test.isPending}>
            {t("mailboxes.testButton")}
          </Button>
        </div>
      </form>
      {test.isPending && <Waiting words={t("mailboxes.testing")} />}
      {test.error && <ErrorNote error={test.error} actions={{ tryAgain: () => run() }} />}
      {test.data && !test.isPending && <Result result={test.data} />}
    </Section>
  );
}

function Result({ result }: { result: MailboxTestResult }) {
  const styles = useStyles();
  return (
    <div className={styles.result}>
      <StateWord tone={TONES[result.reached.kind]}>{result.sentence}</StateWord>
      <ul className={styles.list}>
        {result.ways.map((way) => (
          <li key={way.name}>{`${way.name}: ${way.sentence}`}</li>
        ))}
      </ul>
      {result.delay !== null && <p className={styles.quiet}>{result.delay}</p>}
    </div>
  );
}
