import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useCommand } from "../../backend/queries";
import { NoticeDialog } from "../../components/ConfirmDialog";
import { DaysLeft } from "../../components/DaysLeft";
import { ErrorNote } from "../../components/ErrorNote";
import { StateWord } from "../../components/StateWord";
import { useTextLink } from "../../components/textLink";
import type { SecretMatch } from "../../contract/types";
import { t } from "../../words";
import { useNow } from "../../words/useNow";
import { credentialName } from "../inventory/facetWords";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px", alignItems: "flex-start" },
  line: { margin: 0 },
  field: { width: "100%" },
  result: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
  list: { width: "100%", margin: 0, padding: 0, listStyleType: "none" },
  row: {
    display: "flex",
    gap: "12px",
    alignItems: "center",
    padding: "8px 0",
    overflowWrap: "anywhere",
    "&:not(:first-child)": { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  words: { minWidth: 0 },
});

/** Says which credential a pasted secret is. The page forgets it as soon as it is handed over. */
export function SecretMatchDialog({ appId, onClose }: { appId: string | null; onClose: () => void }) {
  const styles = useStyles();
  const [secret, setSecret] = useState("");
  const match = useCommand("secret_match");
  const compare = () => {
    match.mutate({ secret, appId });
    setSecret("");
  };
  return (
    <NoticeDialog title={t("match.title")} onClose={onClose}>
      <form
        className={styles.root}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (secret !== "") compare();
        }}
      >
        {match.data === undefined ? (
          <>
            <p className={styles.line}>{t("match.sentence")}</p>
            <Field label={t("match.label")} className={styles.field}>
              <Input
                type="password"
                autoComplete="off"
                spellCheck={false}
                value={secret}
                onChange={(_, { value }) => setSecret(value)}
              />
            </Field>
            <Button type="submit" disabledFocusable={secret === "" || match.isPending}>
              {t("match.button")}
            </Button>
          </>
        ) : (
          <>
            <Result match={match.data} />
            <Button onClick={match.reset}>{t("match.another")}</Button>
          </>
        )}
        {match.error && <ErrorNote error={match.error} actions={{ tryAgain: match.reset }} />}
      </form>
    </NoticeDialog>
  );
}

function Result({ match }: { match: SecretMatch }) {
  const styles = useStyles();
  const link = useTextLink();
  const now = useNow();
  return (
    <>
      <p className={styles.result} role="status">
        {match.isKeyId ? <StateWord tone="warn">{match.sentence}</StateWord> : match.sentence}
      </p>
      {match.candidates.length > 0 && (
        <ul className={styles.list}>
          {match.candidates.map(({ appId, appName, credential, certain }) => (
            <li key={`${appId}.${credential.keyId}`} className={styles.row}>
              {credential.endsAt !== null && <DaysLeft until={credential.endsAt} now={now} />}
              <div className={styles.words}>
                <div>{credentialName(credential)}</div>
                <Link to="/apps/$appId" params={{ appId }} className={link}>
                  {t("match.open", { name: appName })}
                </Link>
                <div>
                  <StateWord tone={certain ? "good" : "info"}>
                    {t(certain ? "match.certain" : "match.maybe")}
                  </StateWord>
                </div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
