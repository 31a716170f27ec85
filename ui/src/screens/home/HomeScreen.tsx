import { Button, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer, useStatus } from "../../backend/queries";
import { Door } from "../../components/Door";
import { AppsIcon, ConnectorsIcon } from "../../components/icons";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
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
  const runs = useAnswer("runs", null);
  if (status.data === undefined) return null;
  const nobody = status.data.accounts.length === 0;
  const needs = attentionOf(status.data, now);
  return (
    <Screen
      title={nobody ? t("home.nobody") : t("home.title", { count: needs.length })}
      sentence={t(
        nobody ? "home.nobodySentence" : needs.length === 0 ? "home.sentenceCalm" : "home.sentenceBusy",
      )}
      primary={
        nobody && (
          <Button appearance="primary" onClick={() => void navigate({ to: "/sign-in" })}>
            {t("home.signIn")}
          </Button>
        )
      }
    >
      {needs.length > 0 && <Attention needs={needs} />}
      {!nobody && <Connected now={now} />}
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
            onOpen={() => void navigate({ to: "/permissions" })}
          />
        </div>
      </Section>
    </Screen>
  );
}
