import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useCommand } from "../../../backend/queries";
import { announce } from "../../../components/announce";
import { CopySecret } from "../../../components/CopySecret";
import { ErrorNote } from "../../../components/ErrorNote";
import { Fold } from "../../../components/Fold";
import { SaveIcon } from "../../../components/icons";
import { Panel } from "../../../components/Panel";
import { StateWord } from "../../../components/StateWord";
import type { PersonalConnection } from "../../../contract/types";
import { t } from "../../../words";

const useStyles = makeStyles({
  part: { display: "flex", flexDirection: "column", gap: "8px", alignItems: "flex-start" },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  line: { margin: 0, maxWidth: "64ch" },
  row: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center", width: "100%" },
  path: { overflowWrap: "anywhere" },
});

/** For the few products that want a token or a file. The token is copied by the application; the page never has it. */
export function HandOver({ connection }: { connection: PersonalConnection }) {
  const styles = useStyles();
  const copy = useCommand("personal_copy_token");
  const save = useCommand("personal_save_file", (path) => announce(t("personalPage.saved", { path })));
  return (
    <Fold words={t("personalPage.give")}>
      <p className={styles.line}>{t("personalPage.giveSentence")}</p>
      <Panel className={styles.part}>
        <h3 className={styles.title}>{t("personalPage.token")}</h3>
        <p className={styles.line}>{t("personalPage.tokenSentence")}</p>
        <div className={styles.row}>
          <CopySecret
            words={t("personalPage.copyToken")}
            label={t("personalPage.token")}
            copy={() => copy.mutateAsync(connection.id)}
          />
        </div>
        {copy.error && (
          <ErrorNote error={copy.error} actions={{ tryAgain: () => copy.mutate(connection.id) }} />
        )}
      </Panel>
      <Panel className={styles.part}>
        <h3 className={styles.title}>{t("personalPage.file")}</h3>
        <p className={styles.line}>{t("personalPage.fileSentence")}</p>
        <Button
          icon={<SaveIcon />}
          disabledFocusable={save.isPending}
          onClick={() => save.mutate(connection.id)}
        >
          {t("personalPage.saveFile")}
        </Button>
        {save.data !== undefined && (
          <span className={styles.path}>
            <StateWord tone="good">{t("personalPage.saved", { path: save.data })}</StateWord>
          </span>
        )}
        {save.error && (
          <ErrorNote error={save.error} actions={{ tryAgain: () => save.mutate(connection.id) }} />
        )}
      </Panel>
    </Fold>
  );
}
