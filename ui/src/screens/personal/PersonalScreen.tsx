import { Button, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer, useStatus } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { AddIcon } from "../../components/icons";
import { PanelList } from "../../components/Panel";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { ConnectionCard } from "./ConnectionCard";
import { OpenInvitation } from "./invitation/OpenInvitation";
import { placed } from "./places";
import { WaitingRow } from "./WaitingRow";

const useStyles = makeStyles({
  grid: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 320px), 1fr))",
    gap: "16px",
    listStyleType: "none",
    margin: 0,
    padding: 0,
  },
});

/** My account: what waits for an admin, the products that may use the person's account, and the way to one more. */
export function PersonalScreen() {
  const styles = useStyles();
  const navigate = useNavigate();
  const connections = useAnswer("personal_connections", null);
  const approvals = useAnswer("approvals", null);
  const waiting = (approvals.data ?? []).filter(
    (each) => each.watch.kind !== "granted" || !each.connectionId,
  );
  const empty = connections.data?.length === 0 && waiting.length === 0;
  const connect = (
    <Button appearance="primary" icon={<AddIcon />} onClick={() => void navigate(placed("connect"))}>
      {t("personal.connect")}
    </Button>
  );
  return (
    <Screen title={t("personal.title")} sentence={t("personal.sentence")} primary={!empty && connect}>
      {waiting.length > 0 && (
        <Section title={t("personal.waiting")}>
          <PanelList label={t("personal.waiting")}>
            {waiting.map((approval) => (
              <WaitingRow key={approval.id} approval={approval} />
            ))}
          </PanelList>
        </Section>
      )}
      {approvals.error && !connections.error && (
        <ErrorNote error={approvals.error} actions={{ tryAgain: () => void approvals.refetch() }} />
      )}
      {connections.error && (
        <ErrorNote error={connections.error} actions={{ tryAgain: () => void connections.refetch() }} />
      )}
      {connections.isPending && <Waiting words={t("personal.looking")} />}
      {empty && (
        <EmptyState
          title={t("personal.emptyTitle")}
          sentence={t("personal.emptySentence")}
          action={connect}
        />
      )}
      {connections.data !== undefined && connections.data.length > 0 && (
        <Section title={t("personal.connections")}>
          <ul className={styles.grid}>
            {connections.data.map((connection) => (
              <li key={connection.id}>
                <ConnectionCard connection={connection} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <OpenInvitation />
      <ForOthers />
    </Screen>
  );
}

/** What belongs to setting things up for others: invitations to send, and who is signed in for that. */
function ForOthers() {
  const navigate = useNavigate();
  const accounts = useStatus().data?.accounts ?? [];
  return (
    <>
      {accounts.some((account) => account.roles !== null && account.roles.length > 0) && (
        <Section title={t("personal.invite")} sentence={t("personal.inviteSentence")}>
          <div>
            <Button onClick={() => void navigate(placed("invite"))}>{t("personal.inviteOpen")}</Button>
          </div>
        </Section>
      )}
      <Section
        title={t("personal.here")}
        sentence={
          accounts.length === 0
            ? t("personal.hereNobody")
            : t("personal.hereSentence", { count: accounts.length })
        }
      >
        <div>
          <Button onClick={() => void navigate(placed("signed-in"))}>{t("personal.hereOpen")}</Button>
        </div>
      </Section>
    </>
  );
}
