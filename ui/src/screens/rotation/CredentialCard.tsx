import { makeStyles, tokens } from "@fluentui/react-components";
import { DaysLeft } from "../../components/DaysLeft";
import { Id } from "../../components/Id";
import type { CredentialView } from "../../contract/types";
import { t } from "../../words";
import { ago, dayAndDate, shortDate } from "../../words/dates";
import { credentialName } from "../inventory/facetWords";

const useStyles = makeStyles({
  root: { display: "flex", alignItems: "flex-start", gap: "12px", minWidth: 0, flexGrow: 1 },
  none: {
    width: "64px",
    flexShrink: 0,
    textAlign: "center",
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    color: tokens.colorNeutralForeground3,
  },
  words: { minWidth: 0, flexGrow: 1, overflowWrap: "anywhere" },
  name: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
  facts: { display: "flex", flexDirection: "column", color: tokens.colorNeutralForeground2 },
  small: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "0 16px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
});

/** A secret, certificate or trust: the days left first, then how it stands. Nothing here is secret. */
export function CredentialCard({ credential, now }: { credential: CredentialView; now: Date }) {
  const styles = useStyles();
  const { endsAt, startsAt } = credential;
  return (
    <div className={styles.root}>
      {endsAt === null ? (
        <span className={styles.none} aria-hidden="true">
          –
        </span>
      ) : (
        <DaysLeft until={endsAt} now={now} />
      )}
      <div className={styles.words}>
        <h3 className={styles.name}>{credentialName(credential)}</h3>
        <div className={styles.facts}>
          {credential.kind === "federated" ? (
            <span>{t("secrets.subject", { subject: credential.thumbprint ?? "" })}</span>
          ) : (
            <span>
              {endsAt === null
                ? t("secrets.noEnd")
                : t((credential.days ?? 0) < 0 ? "secrets.ended" : "secrets.ends", {
                    when: dayAndDate(endsAt, now),
                  })}
            </span>
          )}
          {startsAt !== null && new Date(startsAt) > now && (
            <span>{t("secrets.starts", { when: dayAndDate(startsAt, now) })}</span>
          )}
          <LastUsed credential={credential} now={now} />
        </div>
        <div className={styles.small}>
          {credential.hint !== null && <span>{t("secrets.hint", { hint: credential.hint })}</span>}
          {credential.stored && <span>{t("secrets.stored")}</span>}
          {credential.onEnterpriseApp && <span>{t("secrets.onEnterpriseApp")}</span>}
          {credential.thumbprint !== null && credential.kind !== "federated" && (
            <span>
              {t("secrets.thumbprint")} <Id value={credential.thumbprint} label={t("secrets.thumbprint")} />
            </span>
          )}
          {credential.kind === "secret" && (
            <span>
              {t("secrets.keyId")} <Id value={credential.keyId} label={t("secrets.keyId")} />
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

/** When it was last used, or honestly that this cannot be told. */
function LastUsed({ credential: { lastUse }, now }: { credential: CredentialView; now: Date }) {
  switch (lastUse.kind) {
    case "used":
      return <span>{t("secrets.used", { when: ago(lastUse.at, now) })}</span>;
    case "notSeen":
      return <span>{t("secrets.notSeen", { when: shortDate(lastUse.since, now) })}</span>;
    case "unknown":
      return <span>{lastUse.why}</span>;
  }
}
