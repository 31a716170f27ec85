import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { DaysLeft } from "../../components/DaysLeft";
import { Id } from "../../components/Id";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { ConnectedRegistration, ConnectionView } from "../../contract/types";
import { t } from "../../words";
import { dayAndDate, daysUntil } from "../../words/dates";
import { useNow } from "../../words/useNow";

const useStyles = makeStyles({
  row: {
    display: "flex",
    alignItems: "flex-start",
    gap: "12px",
    width: "100%",
    "@media (max-width: 639px)": { flexWrap: "wrap" },
  },
  words: { flexGrow: 1, flexBasis: 0, minWidth: "160px", overflowWrap: "anywhere" },
  name: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
  facts: { display: "flex", flexWrap: "wrap", gap: "0 16px", color: tokens.colorNeutralForeground2 },
  none: { width: "64px", textAlign: "center", color: tokens.colorNeutralForeground3, flexShrink: 0 },
  summary: {
    cursor: "pointer",
    minHeight: "24px",
    lineHeight: "24px",
    width: "fit-content",
    color: tokens.colorBrandForegroundLink,
    fontSize: tokens.fontSizeBase200,
  },
  ids: {
    display: "grid",
    gridTemplateColumns: "max-content 1fr",
    gap: "4px 16px",
    margin: 0,
    alignItems: "center",
    "& dt": { color: tokens.colorNeutralForeground2 },
    "& dd": { margin: 0, minWidth: 0 },
    "@media (max-width: 639px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
});

/** Each registration with its secret: the days left first, then where it is kept. */
export function Secrets({ connection }: { connection: ConnectionView }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const now = useNow();
  return (
    <Section title={t("connection.secrets")}>
      <PanelList label={t("connection.secrets")}>
        {connection.registrations.map((registration) => {
          const { secret } = registration;
          return (
            <PanelRow key={registration.key}>
              <div className={styles.row}>
                {secret === null ? (
                  <span className={styles.none} aria-hidden="true">
                    –
                  </span>
                ) : (
                  <DaysLeft until={secret.expiresAt} now={now} />
                )}
                <div className={styles.words}>
                  <h3 className={styles.name}>{registration.name}</h3>
                  <Facts registration={registration} now={now} />
                  <Ids registration={registration} />
                </div>
                {secret !== null && (
                  <Button
                    aria-label={t("secrets.renewLabel", { name: registration.name })}
                    onClick={() =>
                      void navigate({
                        to: "/apps/$appId",
                        params: { appId: registration.appId },
                        hash: `renew-${secret.keyId}`,
                      })
                    }
                  >
                    {t("secrets.renew")}
                  </Button>
                )}
              </div>
            </PanelRow>
          );
        })}
      </PanelList>
    </Section>
  );
}

function Facts({ registration, now }: { registration: ConnectedRegistration; now: Date }) {
  const styles = useStyles();
  const { secret } = registration;
  if (secret === null) return <div className={styles.facts}>{t("connection.secretNone")}</div>;
  const ended = daysUntil(secret.expiresAt, now) < 0;
  return (
    <div className={styles.facts}>
      <span>
        {t(ended ? "connection.secretEnded" : "connection.secretEnds", {
          when: dayAndDate(secret.expiresAt, now),
        })}
      </span>
      {secret.keptAt === null ? (
        <StateWord tone="warn">{t("connection.secretNotKept")}</StateWord>
      ) : (
        <span>{t("connection.secretKept", { place: secret.keptAt })}</span>
      )}
      {!secret.stored && <StateWord tone="warn">{t("connection.notStored")}</StateWord>}
    </div>
  );
}

/** Ids for support. The id of the secret stands only here, and says that it is not the secret. */
function Ids({ registration }: { registration: ConnectedRegistration }) {
  const styles = useStyles();
  const ids: [string, string][] = [
    [t("connection.clientId"), registration.appId],
    [t("connection.objectId"), registration.objectId],
    [t("connection.principalId"), registration.servicePrincipalId],
  ];
  if (registration.secret !== null) ids.push([t("connection.secretId"), registration.secret.keyId]);
  return (
    <details>
      <summary className={styles.summary}>{t("connection.ids")}</summary>
      <dl className={styles.ids}>
        {ids.map(([label, value]) => (
          <IdRow key={label} label={label} value={value} />
        ))}
      </dl>
    </details>
  );
}

function IdRow({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Id value={value} label={label} />
      </dd>
    </>
  );
}
