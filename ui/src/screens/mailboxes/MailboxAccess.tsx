import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Fold } from "../../components/Fold";
import { RefreshIcon } from "../../components/icons";
import { Panel } from "../../components/Panel";
import { ScriptBox } from "../../components/ScriptBox";
import { Section } from "../../components/Section";
import { StateWord, type Tone } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { MailboxAccessView, MailboxReach, PlanRequest } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { Problems } from "../plan/Problems";
import { ChangeAccess } from "./ChangeAccess";
import { Means } from "./Means";
import { Policies } from "./Policies";
import { TestMailbox } from "./TestMailbox";
import { UnionTrapNote } from "./UnionTrapNote";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "24px", minWidth: 0 },
  reach: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  words: { flexGrow: 1, minWidth: "min(100%, 240px)" },
  sentence: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  when: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

const TONES: Record<MailboxReach, Tone> = {
  everyone: "warn",
  allBut: "warn",
  limited: "good",
  nobody: "good",
  unknown: "wait",
};

/** Whose mailboxes an app reaches, by which ways, whether a limit holds, and how to change it. */
export function MailboxAccess({ appId }: { appId: string }) {
  const access = useAnswer("mailbox_access", { appId }, { fresh: true });
  const again = () => void access.refetch();
  if (access.isFetching) return <Waiting words={t("mailboxes.looking")} />;
  if (access.error) return <ErrorNote error={access.error} actions={{ tryAgain: again }} />;
  return access.data ? <Known access={access.data} onAgain={again} /> : null;
}

function Known({ access, onAgain }: { access: MailboxAccessView; onAgain: () => void }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const now = useNow();
  const [changing, setChanging] = useState(false);
  const { appId } = access.registration;
  const plan = (request: PlanRequest) => void navigate({ to: "/plan", search: { request } });
  return (
    <div className={styles.root}>
      <Panel className={styles.reach}>
        <div className={styles.words}>
          <StateWord tone={TONES[access.reach]}>{t(`reach.${access.reach}`)}</StateWord>
          <p className={styles.sentence}>{access.sentence}</p>
          <span className={styles.when}>{t("permissions.at", { when: ago(access.at, now) })}</span>
        </div>
        <div className={styles.buttons}>
          <Button icon={<RefreshIcon />} onClick={onAgain}>
            {t("permissions.again")}
          </Button>
          {!changing && (
            <Button
              appearance={
                (access.reach === "everyone" || access.reach === "allBut") && access.unionTrap === null
                  ? "primary"
                  : "secondary"
              }
              onClick={() => setChanging(true)}
            >
              {t("mailboxes.change")}
            </Button>
          )}
        </div>
      </Panel>
      <Problems problems={access.problems} actions={{}} />
      {access.unionTrap && <UnionTrapNote trap={access.unionTrap} onMend={() => setChanging(true)} />}
      {changing && (
        <ChangeAccess
          group={presentGroup(access)}
          onCancel={() => setChanging(false)}
          onPlan={(choice) => plan({ kind: "mailboxAccess", appId, choice, migrate: access.canMigrate })}
        />
      )}
      <Means access={access} />
      <Policies access={access} onMigrate={() => setChanging(true)} />
      <TestMailbox appId={appId} />
      <Section title={t("mailboxes.byHand")}>
        <Fold words={access.script.title}>
          <ScriptBox script={access.script} />
        </Fold>
      </Section>
    </div>
  );
}

/** What limits the app now, to begin with when it is limited anew: a role's scope, or a policy's group. */
function presentGroup({ means, policies }: MailboxAccessView): string {
  const scopes = [
    ...means.map(({ scope }) => scope),
    ...policies.filter(({ denies }) => !denies).map(({ scope }) => scope),
  ];
  const [only, ...others] = scopes.filter((scope) => scope !== null);
  return others.length > 0 ? "" : (only ?? "").replace(/[“”]/g, "");
}
