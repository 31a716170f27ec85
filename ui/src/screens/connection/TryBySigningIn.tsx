import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ErrorNote } from "../../components/ErrorNote";
import { OutsideIcon } from "../../components/icons";
import { Panel } from "../../components/Panel";
import { Waiting } from "../../components/Waiting";
import type { AuthorizeRequest } from "../../contract/types";
import { t } from "../../words";
import { StillWaiting } from "../signIn/WaitForBrowser";
import { useAuthorize } from "./useAuthorize";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "12px" },
  line: { margin: 0, maxWidth: "64ch" },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** What an app does for people is tried by a person who signs in through it. Once tried, the proofs say the rest. */
export function TryBySigningIn({ request, name }: { request: AuthorizeRequest; name: string }) {
  const styles = useStyles();
  const { attempt, changed, start, cancel } = useAuthorize(request);
  const rests = attempt.kind === "none";
  return (
    <Panel className={styles.root}>
      {rests && (
        <>
          <p className={styles.line}>{t("tryBySigningIn.sentence", { name })}</p>
          <Button icon={<OutsideIcon />} iconPosition="after" onClick={start}>
            {t("tryBySigningIn.button")}
          </Button>
        </>
      )}
      {rests && attempt.error && (
        <ErrorNote error={attempt.error} actions={{ tryAgain: start, signIn: start, chooseAccount: start }} />
      )}
      {attempt.kind === "starting" && <Waiting words={t("signIn.starting")} />}
      {attempt.kind === "returned" && <Waiting words={t("signIn.returned")} />}
      {attempt.kind === "waiting" && <StillWaiting attempt={attempt} />}
      {!rests && (
        <>
          {changed.map((sentence) => (
            <p key={sentence} className={styles.quiet}>
              {sentence}
            </p>
          ))}
          <Button onClick={cancel}>{t("common.cancel")}</Button>
        </>
      )}
    </Panel>
  );
}
