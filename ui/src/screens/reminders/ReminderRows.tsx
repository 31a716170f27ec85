import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { keyOf, useCommand } from "../../backend/queries";
import { DaysLeft } from "../../components/DaysLeft";
import { Disclosure } from "../../components/Disclosure";
import { ErrorNote } from "../../components/ErrorNote";
import { PanelList, PanelRow } from "../../components/Panel";
import { StateWord, type Tone } from "../../components/StateWord";
import type { ReminderState, ReminderView } from "../../contract/types";
import { t } from "../../words";
import { ago, dayAndDate, shortDate } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { credentialName } from "../inventory/facetWords";
import { groupOf } from "./order";

const useStyles = makeStyles({
  words: { flexGrow: 1, flexBasis: 0, minWidth: "160px", overflowWrap: "anywhere" },
  what: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  facts: {
    display: "flex",
    flexWrap: "wrap",
    gap: "0 16px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  buttons: {
    display: "flex",
    flexWrap: "wrap",
    gap: "4px",
    flexShrink: 0,
    "@media (max-width: 639px)": { width: "100%" },
  },
  choice: {
    display: "flex",
    width: "100%",
    justifyContent: "flex-start",
    fontWeight: tokens.fontWeightRegular,
  },
});

const SNOOZE = [1, 3, 7] as const;

/** Reminders, each with the days that are left first, and what can be done about it. */
export function ReminderRows({ reminders, label }: { reminders: ReminderView[]; label: string }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const now = useNow();
  const snooze = useCommand("reminder_snooze", (view, client) =>
    client.setQueryData(keyOf("reminders", null), view),
  );
  const done = useCommand("reminder_done", (view, client) =>
    client.setQueryData(keyOf("reminders", null), view),
  );
  const failure = snooze.error ?? done.error;
  return (
    <>
      {failure && <ErrorNote error={failure} />}
      <PanelList label={label}>
        {reminders.map((reminder) => {
          const name = t("reminders.what", { what: credentialName(reminder), name: reminder.appName });
          const [tone, words] = stateWords(reminder, now);
          return (
            <PanelRow key={reminder.id}>
              <DaysLeft until={reminder.endsAt} now={now} />
              <div className={styles.words}>
                <p className={styles.what}>{name}</p>
                <div className={styles.facts}>
                  <StateWord tone={tone}>{words}</StateWord>
                  <span>
                    {t(reminder.days < 0 ? "secrets.ended" : "secrets.ends", {
                      when: dayAndDate(reminder.endsAt, now),
                    })}
                  </span>
                </div>
              </div>
              {groupOf(reminder) !== "past" && (
                <div className={styles.buttons}>
                  <Button
                    aria-label={t("reminders.of", { words: t("reminders.renew"), name })}
                    onClick={() =>
                      void navigate({
                        to: "/apps/$appId",
                        params: { appId: reminder.appId },
                        hash: `renew-${reminder.keyId}`,
                      })
                    }
                  >
                    {t("reminders.renew")}
                  </Button>
                  {groupOf(reminder) === "now" && (
                    <Disclosure
                      button={{
                        appearance: "subtle",
                        "aria-label": t("reminders.of", { words: t("reminders.snooze"), name }),
                      }}
                      words={t("reminders.snooze")}
                    >
                      {(fold) =>
                        SNOOZE.map((days) => (
                          <Button
                            key={days}
                            appearance="subtle"
                            className={styles.choice}
                            onClick={() => {
                              fold();
                              snooze.mutate({ id: reminder.id, days });
                            }}
                          >
                            {t("reminders.snoozeDays", { days })}
                          </Button>
                        ))
                      }
                    </Disclosure>
                  )}
                  <Button
                    appearance="subtle"
                    aria-label={t("reminders.of", { words: t("reminders.markDone"), name })}
                    onClick={() => done.mutate(reminder.id)}
                  >
                    {t("reminders.markDone")}
                  </Button>
                </div>
              )}
            </PanelRow>
          );
        })}
      </PanelList>
    </>
  );
}

const TONES: Record<ReminderState["kind"], Tone> = {
  ahead: "wait",
  due: "warn",
  missed: "bad",
  sent: "info",
  snoozed: "wait",
  done: "good",
};

function stateWords({ state, at }: ReminderView, now: Date): [Tone, string] {
  const tone = TONES[state.kind];
  switch (state.kind) {
    case "ahead":
      return [tone, t("reminders.ahead", { when: dayAndDate(at, now) })];
    case "due":
      return [tone, t("reminders.due")];
    case "missed":
      return [tone, t("reminders.missed", { when: dayAndDate(at, now) })];
    case "sent":
      return [tone, t("reminders.sent", { when: ago(state.at, now) })];
    case "snoozed":
      return [tone, t("reminders.snoozed", { when: shortDate(state.until, now) })];
    case "done":
      return [tone, t("reminders.done")];
  }
}
