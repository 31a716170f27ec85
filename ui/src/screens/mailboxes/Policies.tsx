import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import type { MailboxAccessView } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: "4px", minWidth: 0, overflowWrap: "anywhere" },
  line: { margin: 0 },
  name: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  migrate: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "8px" },
});

/** The older kind of limit, where the organisation uses it, and the way to the newer one. */
export function Policies({ access, onMigrate }: { access: MailboxAccessView; onMigrate: () => void }) {
  const styles = useStyles();
  if (access.policies.length === 0) return null;
  return (
    <Section title={t("mailboxes.policies")} sentence={t("mailboxes.policiesSentence")}>
      <PanelList label={t("mailboxes.policies")}>
        {access.policies.map((policy) => (
          <PanelRow key={policy.identity}>
            <div className={styles.body}>
              <p className={styles.name}>
                {t(policy.denies ? "mailboxes.policyDenies" : "mailboxes.policyAllows", {
                  scope: policy.scope,
                })}
              </p>
              <p className={styles.line}>{policy.sentence}</p>
              {policy.description !== null && (
                <p className={styles.quiet}>{t("mailboxes.policyNote", { note: policy.description })}</p>
              )}
            </div>
          </PanelRow>
        ))}
      </PanelList>
      {access.canMigrate && (
        <div className={styles.migrate}>
          <p className={styles.line}>{t("mailboxes.migrateSentence")}</p>
          <Button onClick={onMigrate}>{t("mailboxes.migrate")}</Button>
        </div>
      )}
    </Section>
  );
}
