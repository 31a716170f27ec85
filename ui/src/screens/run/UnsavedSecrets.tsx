import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { QueryClient } from "@tanstack/react-query";
import { markChanged, useCommand } from "../../backend/queries";
import { CopySecret } from "../../components/CopySecret";
import { StateWord } from "../../components/StateWord";
import type { RunView, UnsavedSecret } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    padding: "16px 20px",
    borderRadius: tokens.borderRadiusLarge,
    border: `2px solid ${tokens.colorStatusWarningBorder2}`,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  line: { margin: 0 },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center" },
});

/** Secrets that exist at Microsoft but could not be kept here: to be saved before anything else. */
export function UnsavedSecrets({ run }: { run: RunView }) {
  return run.unsavedSecrets.map((secret) => (
    <Unsaved key={secret.keyId} runId={run.summary.id} secret={secret} />
  ));
}

function Unsaved({ runId, secret }: { runId: string; secret: UnsavedSecret }) {
  const styles = useStyles();
  const copy = useCommand("unsaved_secret_copy");
  const lookAgain = (_: null, client: QueryClient) => markChanged(client, "runs");
  const retry = useCommand("unsaved_secret_retry", lookAgain);
  const elsewhere = useCommand("unsaved_secret_kept_elsewhere", lookAgain);
  const which = { runId, keyId: secret.keyId };
  const failure = (copy.error ?? retry.error ?? elsewhere.error)?.app ?? secret.error;
  return (
    <section className={styles.root} aria-label={t("run.unsaved")}>
      <h2 className={styles.title}>{t("run.unsaved")}</h2>
      <p className={styles.line}>{t("run.unsavedSentence", { group: secret.group })}</p>
      <div>
        <StateWord tone="bad">{failure.title}</StateWord>
        <p className={styles.line}>{`${failure.why} ${failure.next}`}</p>
      </div>
      <div className={styles.buttons}>
        <CopySecret
          words={t("run.unsavedCopy")}
          label={secret.group}
          copy={() => copy.mutateAsync(which)}
          appearance="primary"
        />
        <Button disabled={retry.isPending} onClick={() => retry.mutate(which)}>
          {t("run.unsavedRetry")}
        </Button>
        <Button disabled={elsewhere.isPending} onClick={() => elsewhere.mutate(which)}>
          {t("run.unsavedElsewhere")}
        </Button>
      </div>
    </section>
  );
}
