import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer } from "../../../backend/queries";
import { Id } from "../../../components/Id";
import { Panel } from "../../../components/Panel";
import { Screen } from "../../../components/Screen";
import { Section } from "../../../components/Section";
import { StateWord } from "../../../components/StateWord";
import type { InvitationReview } from "../../../contract/types";
import { t } from "../../../words";
import { accountsInWords } from "../connect/WhoGetsIt";
import { Facts } from "../Facts";
import { PermissionList } from "../PermissionList";
import { placed } from "../places";

const useStyles = makeStyles({
  cautions: { display: "flex", flexDirection: "column", gap: "8px", margin: 0 },
  quote: {
    margin: 0,
    padding: "8px 16px",
    borderLeft: `4px solid ${tokens.colorNeutralStroke1}`,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    maxWidth: "64ch",
  },
  line: { margin: 0 },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
});

/** What an invitation says, what nobody can know about it, and always what it asks for. */
export function Review({ review }: { review: InvitationReview }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const { invitation, cautions, permissions, connectionId } = review;
  const known = useAnswer("organisation_clients", null).data;
  const client = t("invitation.clientId");
  return (
    <Screen
      title={t("invitation.title", { product: invitation.product })}
      sentence={t("invitation.sentence")}
      back={<Button onClick={() => void navigate({ to: "/account" })}>{t("invitation.leave")}</Button>}
      primary={
        <Button
          appearance="primary"
          onClick={() =>
            void navigate({
              ...(connectionId === null ? placed("connect") : placed("change", connectionId)),
              search: { invited: invitation },
            })
          }
        >
          {t("invitation.go")}
        </Button>
      }
    >
      {cautions.length > 0 && (
        <Section title={t("invitation.cautions")}>
          <div className={styles.cautions}>
            {cautions.map((caution) => (
              <StateWord key={caution} tone="warn">
                {caution}
              </StateWord>
            ))}
          </div>
        </Section>
      )}
      {connectionId !== null && (
        <Panel className={styles.row}>
          <p className={styles.line}>{t("invitation.already")}</p>
          <Button onClick={() => void navigate(placed("connection", connectionId))}>
            {t("invitation.alreadyOpen")}
          </Button>
        </Panel>
      )}
      <PermissionList title={t("invitation.what")} permissions={permissions} />
      {invitation.greeting !== "" && (
        <Section title={t("invitation.greeting")}>
          <blockquote className={styles.quote}>{invitation.greeting}</blockquote>
        </Section>
      )}
      <Section title={t("invitation.about")}>
        <Panel>
          <Facts
            facts={[
              [t("invitation.product"), invitation.product],
              [t("invitation.organisation"), invitation.organisation],
              [t("invitation.accounts"), accountsInWords(invitation.accounts, known)],
              [client, <Id key="client" value={invitation.clientId} label={client} />],
            ]}
          />
        </Panel>
      </Section>
    </Screen>
  );
}
