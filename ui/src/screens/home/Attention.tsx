import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { PanelList, PanelRow } from "../../components/Panel";
import { StateWord, type Tone } from "../../components/StateWord";
import type { Severity } from "../../contract/types";
import { t, type WordKey } from "../../words";
import type { Need, NeedTarget } from "./attention";

const useStyles = makeStyles({
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  severity: { fontSize: tokens.fontSizeBase200 },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
  why: { margin: 0, color: tokens.colorNeutralForeground2 },
  button: { flexShrink: 0 },
});

const TONES: Record<Severity, [Tone, WordKey]> = {
  critical: ["bad", "home.critical"],
  warning: ["warn", "home.warning"],
  info: ["info", "home.info"],
};

/** What needs the person, most pressing first, each with its one button. */
export function Attention({ needs }: { needs: Need[] }) {
  const styles = useStyles();
  const go = useGo();
  return (
    <PanelList label={t("home.attention")}>
      {needs.map((need, index) => {
        const [tone, word] = TONES[need.severity];
        return (
          <PanelRow key={need.id}>
            <div className={styles.words}>
              <div className={styles.severity}>
                <StateWord tone={tone}>{t(word)}</StateWord>
              </div>
              <p className={styles.title}>{need.title}</p>
              {need.why !== "" && <p className={styles.why}>{need.why}</p>}
            </div>
            <Button
              className={styles.button}
              appearance={index === 0 ? "primary" : "secondary"}
              aria-label={`${need.button}: ${need.title}`}
              onClick={() => go(need.target)}
            >
              {need.button}
            </Button>
          </PanelRow>
        );
      })}
    </PanelList>
  );
}

function useGo(): (target: NeedTarget) => void {
  const navigate = useNavigate();
  return (target) => {
    switch (target.kind) {
      case "run":
        return void navigate({ to: "/runs/$runId", params: { runId: target.runId } });
      case "draft":
        return void navigate({ to: "/set-up/$draftId", params: { draftId: target.draftId } });
      case "connection":
        return void navigate({
          to: "/connections/$connectionId",
          params: { connectionId: target.connectionId },
        });
      case "app":
        return void navigate({ to: "/apps/$appId", params: { appId: target.appId } });
      case "rotation":
        return void navigate({
          to: "/rotations/$rotationId",
          params: { rotationId: target.rotationId },
        });
      case "findings":
        return void navigate({ to: "/attention" });
      case "reminders":
        return void navigate({ to: "/reminders" });
      case "personal":
        return void navigate({
          to: "/account/$place/{-$id}",
          params: { place: "connection", id: target.connectionId },
        });
      case "vault":
        return void navigate({ to: "/settings", hash: "vault" });
      case "signIn":
        return void navigate({ to: "/sign-in", search: { account: target.accountId } });
      case "ownRegistration":
        return void navigate({
          to: "/plan",
          search: { request: { kind: "ownRegistration", accountId: target.accountId } },
        });
    }
  };
}
