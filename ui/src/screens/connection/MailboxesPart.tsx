import { makeStyles, Radio, RadioGroup } from "@fluentui/react-components";
import { useState } from "react";
import { t } from "../../words";
import { MailboxAccess } from "../mailboxes/MailboxAccess";
import { opensMailboxes } from "./needs";
import type { PartProps } from "./part";

const useStyles = makeStyles({ line: { margin: 0, maxWidth: "64ch" }, which: { flexWrap: "wrap" } });

/** Whose mailboxes each registration of this connection reaches; one registration at a time. */
export function MailboxesPart({ connection }: PartProps) {
  const styles = useStyles();
  const here = connection.registrations.filter(opensMailboxes);
  const [chosen, setChosen] = useState(here[0]?.appId ?? "");
  return (
    <>
      <p className={styles.line}>{t("mailboxes.sentence")}</p>
      {here.length > 1 && (
        <RadioGroup
          className={styles.which}
          layout="horizontal"
          aria-label={t("mailboxes.which")}
          value={chosen}
          onChange={(_, { value }) => setChosen(value)}
        >
          {here.map(({ appId, name }) => (
            <Radio key={appId} value={appId} label={name} />
          ))}
        </RadioGroup>
      )}
      <MailboxAccess key={chosen} appId={chosen} />
    </>
  );
}
