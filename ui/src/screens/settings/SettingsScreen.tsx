import { Button, Field, makeStyles, Radio, RadioGroup, Select, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { keyOf, useAnswer, useCommand, useStatus } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Panel } from "../../components/Panel";
import { RadioWords } from "../../components/RadioWords";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import type { Settings, Theme } from "../../contract/types";
import { t } from "../../words";
import { VaultPanel } from "./VaultPanel";

const useStyles = makeStyles({
  field: { maxWidth: "240px" },
  line: { margin: 0 },
  quiet: { margin: "4px 0 0", color: tokens.colorNeutralForeground2 },
  leave: { marginTop: "12px" },
});

const THEMES = [
  ["system", "settings.themeSystem"],
  ["light", "settings.themeLight"],
  ["dark", "settings.themeDark"],
  ["highContrast", "settings.themeHighContrast"],
] as const;

const CLIPBOARD_SECONDS = [15, 30, 45, 60];

/** Settings of this computer; each change is saved at once. */
export function SettingsScreen() {
  const settings = useAnswer("settings_get", null);
  const save = useCommand("settings_set", (saved, client) =>
    client.setQueryData(keyOf("settings_get", null), saved),
  );
  return (
    <Screen title={t("settings.title")} sentence={t("settings.sentence")}>
      {settings.isPending && <Waiting words={t("shell.loading")} />}
      {settings.error && (
        <ErrorNote error={settings.error} actions={{ tryAgain: () => void settings.refetch() }} />
      )}
      {save.error && (
        <ErrorNote error={save.error} actions={{ tryAgain: () => save.mutate(save.variables) }} />
      )}
      {settings.data && <Choices settings={settings.data} onChange={(next) => save.mutate(next)} />}
      <Section title={t("settings.vault")} anchor="vault">
        <Panel>
          <VaultPanel />
        </Panel>
      </Section>
      <RemindersSection />
      <SpaceSection />
      <About />
    </Screen>
  );
}

function Choices({ settings, onChange }: { settings: Settings; onChange: (next: Settings) => void }) {
  const styles = useStyles();
  const seconds = CLIPBOARD_SECONDS.includes(settings.clipboardSeconds)
    ? CLIPBOARD_SECONDS
    : [...CLIPBOARD_SECONDS, settings.clipboardSeconds].sort((left, right) => left - right);
  return (
    <>
      <Section title={t("settings.theme")}>
        <RadioGroup
          aria-label={t("settings.theme")}
          value={settings.theme}
          onChange={(_, { value }) => onChange({ ...settings, theme: value as Theme })}
        >
          {THEMES.map(([theme, words]) => (
            <Radio key={theme} value={theme} label={<RadioWords title={t(words)} />} />
          ))}
        </RadioGroup>
      </Section>
      <Section title={t("settings.clipboard")}>
        <Field
          className={styles.field}
          label={t("settings.clipboardLabel")}
          hint={t("settings.clipboardHint")}
        >
          <Select
            value={String(settings.clipboardSeconds)}
            onChange={(_, { value }) => onChange({ ...settings, clipboardSeconds: Number(value) })}
          >
            {seconds.map((each) => (
              <option key={each} value={String(each)}>
                {t("settings.clipboardSeconds", { seconds: each })}
              </option>
            ))}
          </Select>
        </Field>
      </Section>
    </>
  );
}

/** Reminders have a room of their own; whoever looks for them here is led there. */
function RemindersSection() {
  const styles = useStyles();
  const navigate = useNavigate();
  const status = useStatus();
  if (status.data?.space == null) return null;
  return (
    <Section title={t("settings.reminders")}>
      <Panel>
        <p className={styles.line}>{t("settings.remindersSentence")}</p>
        <Button
          className={styles.leave}
          onClick={() => void navigate({ to: "/reminders", hash: "settings" })}
        >
          {t("settings.remindersButton")}
        </Button>
      </Panel>
    </Section>
  );
}

const SPACE_WORDS = { practice: "settings.spacePractice", real: "settings.spaceReal" } as const;

function SpaceSection() {
  const styles = useStyles();
  const navigate = useNavigate();
  const status = useStatus();
  const leave = useCommand("space_leave", () => void navigate({ to: "/welcome" }));
  const space = status.data?.space ?? null;
  return (
    <Section title={t("settings.space")}>
      <Panel>
        <p className={styles.line}>{t(space === null ? "settings.spaceNone" : SPACE_WORDS[space])}</p>
        <p className={styles.quiet}>{t("settings.spaceHint")}</p>
        {leave.error && <ErrorNote error={leave.error} />}
        <Button
          className={styles.leave}
          disabled={leave.isPending}
          onClick={() => (space === null ? void navigate({ to: "/welcome" }) : leave.mutate(null))}
        >
          {t("settings.leave")}
        </Button>
      </Panel>
    </Section>
  );
}

function About() {
  const styles = useStyles();
  const status = useStatus();
  return (
    <Section title={t("settings.about")}>
      <Panel>
        <p className={styles.line}>{t("settings.version", { version: status.data?.version ?? "" })}</p>
        <p className={styles.quiet}>{t("settings.licence")}</p>
        <p className={styles.quiet}>{t("settings.thirdParty")}</p>
      </Panel>
    </Section>
  );
}
