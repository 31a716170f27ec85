import { makeStyles, tokens } from "@fluentui/react-components";
import { useAnswer } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Id } from "../../components/Id";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import type { RegistrationView } from "../../contract/types";
import { t } from "../../words";
import { dayAndDate } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { AccountTypes } from "./AccountTypes";
import { Redirects } from "./Redirects";

const useStyles = makeStyles({
  facts: {
    display: "grid",
    gridTemplateColumns: "max-content minmax(0, 1fr)",
    gap: "8px 24px",
    margin: 0,
    alignItems: "center",
    "& dt": { color: tokens.colorNeutralForeground2 },
    "& dd": { margin: 0, overflowWrap: "anywhere" },
    "@media (max-width: 639px)": { gridTemplateColumns: "minmax(0, 1fr)", gap: "4px" },
  },
});

/** Who may use a registration, where people are sent back to, who owns it. */
export function RegistrationPart({ appId }: { appId: string }) {
  const view = useAnswer("registration_view", { appId });
  if (view.isPending) return <Waiting words={t("app.looking")} />;
  if (view.error) return <ErrorNote error={view.error} actions={{ tryAgain: () => void view.refetch() }} />;
  return (
    <>
      <AccountTypes view={view.data} />
      <Redirects view={view.data} />
      <Facts view={view.data} />
    </>
  );
}

function Facts({ view }: { view: RegistrationView }) {
  const styles = useStyles();
  const now = useNow();
  const ids: [string, string | null][] = [
    [t("permissions.clientId"), view.registration.appId],
    [t("permissions.objectId"), view.registration.objectId],
    [t("connection.principalId"), view.servicePrincipalId],
    [t("app.tenantId"), view.tenantId],
  ];
  return (
    <Section title={t("app.facts")}>
      <dl className={styles.facts}>
        <dt>{t("app.owners")}</dt>
        <dd>
          {view.owners.length === 0
            ? t("app.ownersNone")
            : view.owners.map((owner) => `${owner.name} (${owner.upn})`).join(", ")}
        </dd>
        {view.createdAt !== null && (
          <>
            <dt>{t("app.created")}</dt>
            <dd>{dayAndDate(view.createdAt, now)}</dd>
          </>
        )}
        {ids.map(([label, value]) => value !== null && <IdFact key={label} label={label} value={value} />)}
      </dl>
    </Section>
  );
}

function IdFact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Id value={value} label={label} />
      </dd>
    </>
  );
}
