import { makeStyles } from "@fluentui/react-components";
import { OutsideLink } from "../../components/OutsideLink";
import { Section } from "../../components/Section";
import { t } from "../../words";

const SESSIONS = "https://learn.microsoft.com/entra/identity/users/users-revoke-access";

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: "20px", display: "flex", flexDirection: "column", gap: "4px" },
});

/** What taking back does, and what it does not. */
export function WhatItDoes() {
  const styles = useStyles();
  return (
    <Section title={t("connected.what")}>
      <ul className={styles.list}>
        <li>{t("connected.whatAsks")}</li>
        <li>{t("connected.whatHours")}</li>
        <li>{t("connected.whatCopies")}</li>
        <li>{t("connected.whatAgain")}</li>
        <li>{t("connected.whatUndo")}</li>
        <li>{t("connected.whatSessions")}</li>
      </ul>
      <div>
        <OutsideLink url={SESSIONS}>{t("connected.whatSessionsLink")}</OutsideLink>
      </div>
    </Section>
  );
}
