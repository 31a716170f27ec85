import { Button, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer, useStatus } from "../../backend/queries";
import { Door } from "../../components/Door";
import { AppsIcon, ConnectorsIcon } from "../../components/icons";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import type { AppStatus } from "../../contract/types";
import { t } from "../../words";
import { useNow } from "../../words/useNow";
import { Attention } from "./Attention";
import { attentionOf } from "./attention";
import { Connected } from "./Connected";
import { DoneLast } from "./DoneLast";

const useStyles = makeStyles({
  doors: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 280px), 1fr))",
    gap: "16px",
  },
});

/** Does anything need me? Then: what is connected, what was done last, and the doors. */
export function HomeScreen() {
  const styles = useStyles();
  const navigate = useNavigate();
  const now = useNow();
  const status = useStatus();
  const nobody = status.data?.accounts.length === 0;
  const runs = useAnswer("runs", null);
  const connections = useAnswer("connections", null, { enabled: !nobody });
  if (status.data === undefined) return null;
  const needs = attentionOf(status.data, now);
  return (
    <Screen
      liveTitle
      {...headline(status.data, needs.length, runs.isError || connections.isError)}
      primary={
        nobody && (
          <Button appearance="primary" onClick={() => void navigate({ to: "/sign-in" })}>
            {t("home.signIn")}
          </Button>
        )
      }
    >
      {needs.length > 0 && <Attention needs={needs} />}
      {!nobody && <Connected now={now} quiet={needs.length > 0} />}
      {runs.data !== undefined && runs.data.length > 0 && <DoneLast runs={runs.data.slice(0, 3)} now={now} />}
      <Section title={t("home.doors")}>
        <div className={styles.doors}>
          <Door
            Icon={ConnectorsIcon}
            title={t("home.doorConnect")}
            sentence={t("home.doorConnectSentence")}
            onOpen={() => void navigate({ to: "/connectors" })}
          />
          <Door
            Icon={AppsIcon}
            title={t("home.doorCheck")}
            sentence={t("home.doorCheckSentence")}
            onOpen={() => void navigate({ to: "/apps" })}
          />
        </div>
      </Section>
    </Screen>
  );
}

/** What Home says first. Calm is claimed only when everything could be looked up. */
function headline(status: AppStatus, needs: number, failed: boolean): { title: string; sentence: string } {
  if (status.accounts.length === 0) return { title: t("home.nobody"), sentence: t("home.nobodySentence") };
  if (needs > 0)
    return { title: t("home.title", { count: needs }), sentence: t("home.sentenceBusy", { count: needs }) };
  if (failed || status.storageProblem !== null) {
    return { title: t("home.unsure"), sentence: t("home.unsureSentence") };
  }
  return { title: t("home.title", { count: needs }), sentence: t("home.sentenceCalm") };
}
