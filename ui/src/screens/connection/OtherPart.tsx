import { Button, makeStyles, Textarea, tokens } from "@fluentui/react-components";
import { useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { CopyButton } from "../../components/CopyButton";
import { ErrorNote } from "../../components/ErrorNote";
import { FileIcon } from "../../components/icons";
import { OutsideLink } from "../../components/OutsideLink";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { GrantRequest } from "../../contract/types";
import { t } from "../../words";
import type { PartProps } from "./part";

const useStyles = makeStyles({
  line: { margin: 0, maxWidth: "64ch" },
  message: { width: "100%" },
  stack: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "12px" },
  name: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere", fontWeight: tokens.fontWeightSemibold },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
  path: { overflowWrap: "anywhere" },
});

/** What to send to the person who can grant the rest: a message, a link, a file. */
export function OtherPart({ connection }: PartProps) {
  const styles = useStyles();
  const request = connection.grantRequest;
  if (request === null) return null;
  return (
    <>
      <div>
        <p className={styles.line}>{t("connection.otherSentence")}</p>
        {request.people.length > 0 && (
          <p className={styles.line}>{`${t("connection.otherWho")}: ${request.people.join(", ")}`}</p>
        )}
      </div>
      <Section title={t("connection.otherMessage")}>
        <div className={styles.stack}>
          <Textarea
            className={styles.message}
            aria-label={t("connection.otherMessage")}
            readOnly
            rows={8}
            resize="vertical"
            value={request.message}
          />
          <CopyButton
            appearance="primary"
            text={request.message}
            words={t("plan.copyMessage")}
            copied={t("plan.copiedMessage")}
          />
        </div>
      </Section>
      <Links request={request} />
      <RequestFile connectionId={connection.summary.id} />
      <p className={styles.line}>{t("connection.otherThen")}</p>
    </>
  );
}

function Links({ request }: { request: GrantRequest }) {
  const styles = useStyles();
  if (request.links.length === 0) return null;
  return (
    <Section title={t("connection.otherLinks")} sentence={t("connection.otherLinksSentence")}>
      <PanelList label={t("connection.otherLinks")}>
        {request.links.map(({ registration, url }) => (
          <PanelRow key={url}>
            <span className={styles.name}>{registration}</span>
            <span className={styles.buttons}>
              <CopyButton
                text={url}
                words={t("signIn.copyLink")}
                label={t("connection.otherCopyLink", { name: registration })}
                copied={t("signIn.linkCopied")}
              />
              <OutsideLink url={url} label={t("connection.otherOpen", { name: registration })}>
                {t("connection.followUpPage")}
              </OutsideLink>
            </span>
          </PanelRow>
        ))}
      </PanelList>
    </Section>
  );
}

function RequestFile({ connectionId }: { connectionId: string }) {
  const styles = useStyles();
  const save = useCommand("grant_request_save", (path) => announce(t("connection.otherSaved", { path })));
  return (
    <Section title={t("connection.otherFile")} sentence={t("connection.otherFileSentence")}>
      <div className={styles.stack}>
        <Button icon={<FileIcon />} disabled={save.isPending} onClick={() => save.mutate(connectionId)}>
          {t("connection.otherSave")}
        </Button>
        {save.data !== undefined && (
          <span className={styles.path}>
            <StateWord tone="good">{t("connection.otherSaved", { path: save.data })}</StateWord>
          </span>
        )}
        {save.error && (
          <ErrorNote error={save.error} actions={{ tryAgain: () => save.mutate(connectionId) }} />
        )}
      </div>
    </Section>
  );
}
