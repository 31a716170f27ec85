import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { SendIcon } from "../../components/icons";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord, type Tone } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { TrialResult } from "../../contract/types";
import { t, type WordKey } from "../../words";

const useStyles = makeStyles({
  row: { display: "flex", flexDirection: "column", gap: "4px", width: "100%", minWidth: 0 },
  head: { display: "flex", flexWrap: "wrap", gap: "4px 16px", justifyContent: "space-between" },
  words: { fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

const RESULTS: Record<TrialResult["kind"], [Tone, WordKey]> = {
  arrived: ["good", "reminders.arrived"],
  accepted: ["info", "reminders.accepted"],
  off: ["quiet", "reminders.off"],
  failed: ["bad", "reminders.failed"],
};

/** Sends one of each, and says honestly what became of it: arrived, handed over, or not. */
export function Trial() {
  const styles = useStyles();
  const trial = useCommand("reminder_trial");
  return (
    <Section title={t("reminders.trial")} sentence={t("reminders.trialSentence")}>
      <div>
        <Button icon={<SendIcon />} disabledFocusable={trial.isPending} onClick={() => trial.mutate(null)}>
          {t("reminders.trialButton")}
        </Button>
      </div>
      {trial.isPending && <Waiting words={t("reminders.trialBusy")} />}
      {trial.error && <ErrorNote error={trial.error} actions={{ tryAgain: () => trial.mutate(null) }} />}
      {trial.data && (
        <div role="status">
          <PanelList label={t("reminders.trial")}>
            {trial.data.map(({ channel, result, sentence }) => {
              const [tone, word] = RESULTS[result.kind];
              return (
                <PanelRow key={channel}>
                  <div className={styles.row}>
                    <div className={styles.head}>
                      <span className={styles.words}>{t(`reminders.${channel}`)}</span>
                      <StateWord tone={tone}>{t(word)}</StateWord>
                    </div>
                    {result.kind === "failed" ? (
                      <ErrorNote error={result.error} actions={{ tryAgain: () => trial.mutate(null) }} />
                    ) : (
                      result.kind !== "off" && <p className={styles.quiet}>{sentence}</p>
                    )}
                  </div>
                </PanelRow>
              );
            })}
          </PanelList>
        </div>
      )}
    </Section>
  );
}
