import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useCommand } from "../../backend/queries";
import { CopySecret } from "../../components/CopySecret";
import { ErrorNote } from "../../components/ErrorNote";
import { OutsideIcon } from "../../components/icons";
import { StateWord } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { AuthorizedToken, AuthorizeRequest } from "../../contract/types";
import { t } from "../../words";
import { StillWaiting } from "../signIn/WaitForBrowser";
import { useAuthorize } from "./useAuthorize";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    alignItems: "flex-start",
    padding: "16px 20px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    "@media (forced-colors: active)": { border: "1px solid" },
  },
  line: { margin: 0 },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingInlineStart: "20px", overflowWrap: "anywhere" },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  row: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center", width: "100%" },
});

/** Gets the token that a vendor's form wants, by signing in through the app that was set up. */
export function Authorize({ request, label }: { request: AuthorizeRequest; label: string }) {
  const styles = useStyles();
  const { attempt, changed, token, start, cancel } = useAuthorize(request);
  const busy = attempt.kind !== "none";
  return (
    <div className={styles.root}>
      {attempt.kind === "none" && token === null && (
        <>
          <p className={styles.line}>{t("authorize.sentence")}</p>
          <Button appearance="primary" icon={<OutsideIcon />} iconPosition="after" onClick={start}>
            {t("authorize.button")}
          </Button>
        </>
      )}
      {attempt.kind === "none" && attempt.error && (
        <ErrorNote error={attempt.error} actions={{ tryAgain: start, signIn: start, chooseAccount: start }} />
      )}
      {attempt.kind === "starting" && <Waiting words={t("signIn.starting")} />}
      {attempt.kind === "returned" && <Waiting words={t("signIn.returned")} />}
      {attempt.kind === "waiting" && <StillWaiting attempt={attempt} />}
      {busy && (
        <>
          {changed.map((sentence) => (
            <p key={sentence} className={styles.quiet}>
              {sentence}
            </p>
          ))}
          <Button onClick={cancel}>{t("common.cancel")}</Button>
        </>
      )}
      {token && <Token token={token} label={label} onAgain={start} />}
    </div>
  );
}

/** The token in words: who, what it allows, how long; and Copy, which never brings it to the page. */
function Token({ token, label, onAgain }: { token: AuthorizedToken; label: string; onAgain: () => void }) {
  const styles = useStyles();
  const copy = useCommand("authorize_copy_token");
  return (
    <>
      <StateWord tone="good">{t("authorize.got", { person: token.person })}</StateWord>
      <p className={styles.line}>{token.expiry}</p>
      <div>
        <p className={styles.line}>{t("authorize.allows")}</p>
        <ul className={styles.list}>
          {token.scopes.map((scope) => (
            <li key={scope.value}>
              {scope.sentence !== null && `${scope.sentence} · `}
              <span className={styles.mono} dir="ltr">
                {scope.value}
              </span>
            </li>
          ))}
        </ul>
      </div>
      {token.cleanedUp.map((sentence) => (
        <p key={sentence} className={styles.quiet}>
          {sentence}
        </p>
      ))}
      <div className={styles.row}>
        <CopySecret
          appearance="primary"
          words={t("authorize.copy")}
          label={label}
          copy={() => copy.mutateAsync(token.id)}
        />
        <Button onClick={onAgain}>{t("authorize.again")}</Button>
      </div>
      {copy.error && <ErrorNote error={copy.error} actions={{ tryAgain: () => copy.mutate(token.id) }} />}
    </>
  );
}
