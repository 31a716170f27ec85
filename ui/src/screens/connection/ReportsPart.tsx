import { Button, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { ReportSettingsView } from "../../contract/types";
import { t } from "../../words";
import { Problems } from "../plan/Problems";

const useStyles = makeStyles({
  line: { margin: 0, maxWidth: "64ch" },
  state: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "8px 16px",
    justifyContent: "space-between",
  },
  list: {
    margin: 0,
    paddingInlineStart: "20px",
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    maxWidth: "64ch",
  },
});

/** Whether usage reports show names, what that means for people, and the change of it. */
export function ReportsPart() {
  const styles = useStyles();
  const settings = useAnswer("report_settings", null, { fresh: true });
  return (
    <>
      <p className={styles.line}>{t("reports.sentence")}</p>
      {settings.isFetching && <Waiting words={t("reports.looking")} />}
      {settings.error && !settings.isFetching && (
        <ErrorNote error={settings.error} actions={{ tryAgain: () => void settings.refetch() }} />
      )}
      {settings.data && !settings.isFetching && <Known settings={settings.data} />}
    </>
  );
}

function Known({ settings }: { settings: ReportSettingsView }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const shown = settings.namesShown.kind === "yes";
  const plan = (show: boolean) =>
    void navigate({ to: "/plan", search: { request: { kind: "reportNames", show } } });
  return (
    <>
      <Panel className={styles.state}>
        <StateWord tone={shown ? "good" : settings.namesShown.kind === "no" ? "warn" : "wait"}>
          {settings.sentence}
        </StateWord>
        {settings.namesShown.kind !== "unknown" && (
          <Button onClick={() => plan(!shown)}>{t(shown ? "reports.conceal" : "reports.show")}</Button>
        )}
      </Panel>
      <Problems problems={settings.problems} actions={{}} />
      <Section title={t("reports.consequences")}>
        <ul className={styles.list}>
          {settings.consequences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Section>
    </>
  );
}
