import { Checkbox, makeStyles } from "@fluentui/react-components";
import { keyOf, useAnswer, useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ErrorNote } from "../../components/ErrorNote";
import { Panel, PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import type { ReminderSettings, RemindersView } from "../../contract/types";
import { t } from "../../words";
import { Channels } from "./Channels";
import { Days } from "./Days";
import { Trial } from "./Trial";

const useStyles = makeStyles({
  panel: { display: "flex", flexDirection: "column", gap: "12px" },
  row: { display: "flex", flexDirection: "column", gap: "8px", width: "100%", minWidth: 0 },
});

/** When and where reminders come. Each change is saved at once, and shown before it is. */
export function SettingsPart({ view }: { view: RemindersView }) {
  const styles = useStyles();
  const save = useCommand("reminder_settings_set", (saved, client) => {
    client.setQueryData(keyOf("reminders", null), saved);
    announce(t("reminders.saved"));
  });
  // What is being saved is shown as if it were: a switch does not wait for the system's scheduler.
  const settings = save.isPending ? save.variables : view.settings;
  const change = (next: ReminderSettings) => save.mutate(next);
  return (
    <>
      {save.error && (
        <ErrorNote
          error={save.error}
          actions={{ tryAgain: () => save.variables && change(save.variables) }}
        />
      )}
      <Section title={t("reminders.when")} sentence={t("reminders.whenSentence")}>
        <Panel className={styles.panel}>
          <Days
            label={t("reminders.when")}
            days={settings.days}
            onChange={(days) => change({ ...settings, days })}
          />
          <Checkbox
            checked={settings.allApps}
            label={t("reminders.all")}
            onChange={(_, { checked }) => change({ ...settings, allApps: checked === true })}
          />
        </Panel>
      </Section>
      <Section title={t("reminders.where")}>
        <Channels view={{ ...view, settings }} onChange={change} />
      </Section>
      <Trial />
      <PerConnection settings={settings} onChange={change} />
    </>
  );
}

function PerConnection(props: {
  settings: ReminderSettings;
  onChange: (settings: ReminderSettings) => void;
}) {
  const styles = useStyles();
  const connections = useAnswer("connections", null);
  const { settings, onChange } = props;
  if (connections.data === undefined || connections.data.length === 0) return null;
  const set = (connectionId: string, days: number[] | null) => {
    const others = settings.perConnection.filter((each) => each.connectionId !== connectionId);
    onChange({
      ...settings,
      perConnection: days === null ? others : [...others, { connectionId, days }],
    });
  };
  return (
    <Section
      title={t("reminders.per")}
      sentence={settings.perConnection.length === 0 ? t("reminders.perNone") : undefined}
    >
      <PanelList label={t("reminders.per")}>
        {connections.data.map(({ id, connectorName }) => {
          const own = settings.perConnection.find((each) => each.connectionId === id);
          return (
            <PanelRow key={id}>
              <div className={styles.row}>
                <Checkbox
                  checked={own !== undefined}
                  label={t("reminders.perOwn", { name: connectorName })}
                  onChange={(_, { checked }) => set(id, checked === true ? settings.days : null)}
                />
                {own && (
                  <Days
                    label={t("reminders.perFor", { name: connectorName })}
                    days={own.days}
                    onChange={(days) => set(id, days)}
                  />
                )}
              </div>
            </PanelRow>
          );
        })}
      </PanelList>
    </Section>
  );
}
