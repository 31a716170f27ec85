import { makeStyles } from "@fluentui/react-components";
import { Section } from "../../components/Section";
import { t } from "../../words";
import { MailboxAccess } from "../mailboxes/MailboxAccess";
import { opensMailboxes } from "./needs";
import type { PartProps } from "./part";

const useStyles = makeStyles({ line: { margin: 0, maxWidth: "64ch" } });

/** Whose mailboxes each registration of this connection reaches. */
export function MailboxesPart({ connection }: PartProps) {
  const styles = useStyles();
  const here = connection.registrations.filter(opensMailboxes);
  return (
    <>
      <p className={styles.line}>{t("mailboxes.sentence")}</p>
      {here.map((registration) =>
        here.length > 1 ? (
          <Section key={registration.key} title={registration.name}>
            <MailboxAccess appId={registration.appId} />
          </Section>
        ) : (
          <MailboxAccess key={registration.key} appId={registration.appId} />
        ),
      )}
    </>
  );
}
