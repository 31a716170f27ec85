import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useRouterState } from "@tanstack/react-router";
import { useAnswer, useCommand } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { SaveIcon, WarningIcon } from "../../components/icons";
import { PartLinks } from "../../components/PartLinks";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { RemindersView } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { RoomLinks } from "../inventory/RoomLinks";
import { HandOnPart } from "./HandOnPart";
import { groupOf } from "./order";
import { ReminderRows } from "./ReminderRows";
import { SettingsPart } from "./SettingsPart";

const PARTS = ["list", "settings", "handOn"] as const;

const useStyles = makeStyles({
  part: { display: "flex", flexDirection: "column", gap: "24px", minWidth: 0 },
  caution: {
    display: "flex",
    gap: "12px",
    padding: "12px 16px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorNeutralForeground1,
    "@media (forced-colors: active)": { border: "1px solid CanvasText" },
    "& svg": { flexShrink: 0, color: tokens.colorStatusWarningForeground1 },
  },
  line: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Reminders: what is due, when and where to remind, and a file for whoever comes after. */
export function RemindersScreen() {
  const styles = useStyles();
  const now = useNow();
  const hash = useRouterState({ select: (state) => state.location.hash });
  const here = PARTS.find((part) => part === hash) ?? "list";
  const reminders = useAnswer("reminders", null);
  const view = reminders.data;
  return (
    <Screen
      wide
      title={t("reminders.title")}
      sentence={
        view?.knownAt == null
          ? t("reminders.sentence")
          : `${t("reminders.sentence")} ${t("reminders.known", { when: ago(view.knownAt, now) })}`
      }
    >
      <RoomLinks here="/reminders" />
      {view?.caution != null && (
        <div className={styles.caution} role="note">
          <WarningIcon aria-hidden="true" />
          {view.caution}
        </div>
      )}
      <PartLinks
        label={t("reminders.parts")}
        parts={PARTS.map((part) => ({ part, words: t(`reminders.${part}`) }))}
        here={here}
        pills
      />
      {reminders.isPending && <Waiting words={t("reminders.looking")} />}
      {reminders.error && (
        <ErrorNote error={reminders.error} actions={{ tryAgain: () => void reminders.refetch() }} />
      )}
      <div key={here} className={styles.part}>
        {here === "list" && view && <List view={view} />}
        {here === "settings" && view && <SettingsPart view={view} />}
        {here === "handOn" && <HandOnPart />}
      </div>
    </Screen>
  );
}

const GROUPS = ["now", "next", "past"] as const;

function List({ view }: { view: RemindersView }) {
  const styles = useStyles();
  const file = useCommand("reminder_calendar_file");
  if (view.reminders.length === 0) {
    return <EmptyState title={t("reminders.emptyTitle")} sentence={t("reminders.emptySentence")} />;
  }
  return (
    <>
      {GROUPS.map((group) => {
        const those = view.reminders.filter((each) => groupOf(each) === group);
        return (
          those.length > 0 && (
            <Section key={group} title={t(`reminders.${group}`)}>
              <ReminderRows reminders={those} label={t(`reminders.${group}`)} />
            </Section>
          )
        );
      })}
      {view.total > view.reminders.length && (
        <p className={styles.line}>
          {t("reminders.more", { shown: view.reminders.length, count: view.total })}
        </p>
      )}
      <div>
        <Button icon={<SaveIcon />} disabledFocusable={file.isPending} onClick={() => file.mutate(null)}>
          {t("reminders.file")}
        </Button>
      </div>
      {file.data !== undefined && (
        <div role="status">
          <StateWord tone="good">{t("reminders.fileSaved", { path: file.data })}</StateWord>
        </div>
      )}
      {file.error && <ErrorNote error={file.error} actions={{ tryAgain: () => file.mutate(null) }} />}
    </>
  );
}
