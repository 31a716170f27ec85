import { Button, makeStyles, Textarea } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useCommand } from "../../../backend/queries";
import { announce } from "../../../components/announce";
import { CodeBlock } from "../../../components/CodeBlock";
import { CopyButton } from "../../../components/CopyButton";
import { ErrorNote } from "../../../components/ErrorNote";
import { SaveIcon } from "../../../components/icons";
import { Screen } from "../../../components/Screen";
import { Section } from "../../../components/Section";
import { StateWord } from "../../../components/StateWord";
import type { InvitationView } from "../../../contract/types";
import { t } from "../../../words";
import { PermissionList } from "../PermissionList";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px", alignItems: "flex-start", minWidth: 0 },
  text: { width: "100%" },
  row: { display: "flex", flexWrap: "wrap", gap: "8px" },
  path: { overflowWrap: "anywhere" },
});

/** The invitation as it can be sent: a message, the link alone, a file; and what it will ask people. */
export function Ready(props: { made: InvitationView; back: ReactNode; onAgain: () => void }) {
  const { made, back, onAgain } = props;
  const styles = useStyles();
  const save = useCommand("invitation_save", (path) => announce(t("invite.saved", { path })));
  return (
    <Screen
      title={t("invite.doneTitle")}
      sentence={t("invite.doneSentence")}
      back={back}
      secondary={<Button onClick={onAgain}>{t("invite.again")}</Button>}
      primary={
        <CopyButton
          appearance="primary"
          text={made.message}
          words={t("invite.copyMessage")}
          copied={t("invite.copiedMessage")}
        />
      }
    >
      <Section title={t("invite.message")}>
        <Textarea
          className={styles.text}
          aria-label={t("invite.message")}
          readOnly
          rows={9}
          resize="vertical"
          value={made.message}
        />
      </Section>
      <Section title={t("invite.link")}>
        <div className={styles.stack}>
          <CodeBlock text={made.link} label={t("invite.linkText")} />
          <div className={styles.row}>
            <CopyButton text={made.link} words={t("invite.copyLink")} copied={t("invite.copiedLink")} />
            <Button
              icon={<SaveIcon />}
              disabledFocusable={save.isPending}
              onClick={() => save.mutate(made.invitation)}
            >
              {t("invite.save")}
            </Button>
          </div>
          {save.data !== undefined && (
            <span className={styles.path}>
              <StateWord tone="good">{t("invite.saved", { path: save.data })}</StateWord>
            </span>
          )}
          {save.error && (
            <ErrorNote error={save.error} actions={{ tryAgain: () => save.mutate(made.invitation) }} />
          )}
        </div>
      </Section>
      <PermissionList title={t("invite.asks")} permissions={made.permissions} />
    </Screen>
  );
}
