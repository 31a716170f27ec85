import { makeStyles, tokens } from "@fluentui/react-components";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { MailboxAccessView } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: "4px", minWidth: 0, overflowWrap: "anywhere" },
  line: { margin: 0 },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  mono: { fontFamily: tokens.fontFamilyMonospace },
});

/** Every way to a mailbox, one by one: all of them count together. */
export function Means({ access }: { access: MailboxAccessView }) {
  const styles = useStyles();
  if (access.means.length === 0) return null;
  return (
    <Section title={t("mailboxes.means")} sentence={t("mailboxes.meansSentence")}>
      <PanelList label={t("mailboxes.means")}>
        {access.means.map((each) => (
          <PanelRow key={`${each.kind}${each.scope}${each.names.join()}`}>
            <div className={styles.body}>
              <StateWord tone={each.scope !== null ? "good" : access.reach === "limited" ? "info" : "warn"}>
                {t(`means.${each.kind}`)}
              </StateWord>
              <p className={styles.line}>{each.sentence}</p>
              <p className={styles.quiet}>
                <span className={styles.mono}>{each.names.join(", ")}</span>
                {each.scope !== null && ` · ${t("mailboxes.scope", { scope: each.scope })}`}
              </p>
            </div>
          </PanelRow>
        ))}
      </PanelList>
    </Section>
  );
}
