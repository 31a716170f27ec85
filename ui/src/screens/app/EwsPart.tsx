import { makeStyles, tokens } from "@fluentui/react-components";
import { useAnswer } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Fold } from "../../components/Fold";
import { Panel } from "../../components/Panel";
import { ScriptBox } from "../../components/ScriptBox";
import { Section } from "../../components/Section";
import { StateWord, type Tone } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { EwsReadiness, EwsState } from "../../contract/types";
import { t } from "../../words";
import { ago, shortDate } from "../../words/dates";
import { useNow } from "../../words/useNow";

const useStyles = makeStyles({
  state: { display: "flex", flexDirection: "column", gap: "4px" },
  sentence: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  line: { margin: 0 },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  list: { margin: 0, paddingInlineStart: "20px", display: "flex", flexDirection: "column", gap: "4px" },
});

const TONES: Record<EwsState, Tone> = { allowed: "warn", notListed: "bad", off: "bad", unknown: "wait" };

/** Whether the app can still use Exchange Web Services, and until when; what to do instead. */
export function EwsPart({ appId }: { appId: string }) {
  const styles = useStyles();
  const ews = useAnswer("ews_readiness", { appId }, { fresh: true });
  return (
    <>
      <p className={styles.line}>{t("ews.sentence")}</p>
      {ews.isFetching && <Waiting words={t("ews.looking")} />}
      {ews.error && !ews.isFetching && (
        <ErrorNote error={ews.error} actions={{ tryAgain: () => void ews.refetch() }} />
      )}
      {ews.data && !ews.isFetching && <Known ews={ews.data} />}
    </>
  );
}

function Known({ ews }: { ews: EwsReadiness }) {
  const styles = useStyles();
  const now = useNow();
  return (
    <>
      <Panel className={styles.state}>
        <StateWord tone={TONES[ews.state]}>{t(`ews.${ews.state}`)}</StateWord>
        <p className={styles.sentence}>{ews.sentence}</p>
        {ews.until !== null && (
          <p className={styles.line}>{t("ews.until", { when: shortDate(ews.until, now) })}</p>
        )}
        <p className={styles.quiet}>{t("permissions.at", { when: ago(ews.at, now) })}</p>
      </Panel>
      {ews.advice.length > 0 && (
        <Section title={t("ews.advice")}>
          <ul className={styles.list}>
            {ews.advice.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Section>
      )}
      {ews.script !== null && (
        <Section title={t("mailboxes.byHand")}>
          <Fold words={ews.script.title}>
            <ScriptBox script={ews.script} />
          </Fold>
        </Section>
      )}
    </>
  );
}
