import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactNode, useState } from "react";
import { useCommand, useStatus } from "../../backend/queries";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorNote } from "../../components/ErrorNote";
import { StateWord } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { VaultChoice, VaultStatus, VaultStore } from "../../contract/types";
import { t } from "../../words";
import { PassphraseForm } from "./PassphraseForm";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "16px" },
  line: { margin: 0 },
  quiet: { margin: "4px 0 0", color: tokens.colorNeutralForeground2 },
  heading: { margin: "0 0 8px", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  choice: { paddingTop: "16px", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

const STORES: Record<VaultStore, "vault.readyKeyring" | "vault.readyPassphrase" | "vault.readySessionOnly"> =
  {
    keyring: "vault.readyKeyring",
    passphrase: "vault.readyPassphrase",
    sessionOnly: "vault.readySessionOnly",
  };

/** How secrets are kept right now, and what a person can do about it. */
export function VaultPanel() {
  const styles = useStyles();
  const status = useStatus();
  const choose = useCommand("vault_choose");
  const open = useCommand("vault_open");
  if (status.data === undefined) return <Waiting words={t("vault.looking")} />;
  const failure = choose.error ?? open.error;
  const busy = choose.isPending || open.isPending;
  const pick = (choice: VaultChoice) => choose.mutate(choice);
  return (
    <div className={styles.root}>
      {busy ? (
        <Waiting words={t("vault.waiting")} why={t("vault.waitingWhy")} />
      ) : (
        <Situation vault={status.data.vault} onPick={pick} onOpen={() => open.mutate(null)} />
      )}
      {failure && !busy && (
        <ErrorNote
          error={failure}
          actions={{ tryAgain: retry(choose.variables, pick), openVault: () => open.mutate(null) }}
        />
      )}
    </div>
  );
}

/** A passphrase is typed again, not sent again. */
const retry = (last: VaultChoice | undefined, pick: (choice: VaultChoice) => void) =>
  last === undefined || last.kind === "passphrase"
    ? () => document.querySelector<HTMLInputElement>("input[type=password]")?.focus()
    : () => pick(last);

function Situation(props: { vault: VaultStatus; onPick: (choice: VaultChoice) => void; onOpen: () => void }) {
  const styles = useStyles();
  const { vault, onPick } = props;
  const again = (words: string) => <Button onClick={() => onPick({ kind: "keyring" })}>{words}</Button>;
  switch (vault.kind) {
    case "notOpened":
      return (
        <Words title={t("vault.notOpened")}>
          <Button onClick={props.onOpen}>{t("vault.open")}</Button>
        </Words>
      );
    case "waiting":
      return <Waiting words={t("vault.waiting")} why={t("vault.waitingWhy")} />;
    case "ready":
      return (
        <>
          <StateWord tone={vault.store === "sessionOnly" ? "info" : "good"}>
            {t(STORES[vault.store])}
          </StateWord>
          {vault.store === "sessionOnly" && <Passphrase onPick={onPick} />}
        </>
      );
    case "locked":
      return (
        <Words title={t("vault.locked")} why={t("vault.lockedWhy")}>
          {again(t("vault.unlock"))}
        </Words>
      );
    case "absent":
      return (
        <>
          <Words title={t("vault.absent")} why={`${vault.why} ${t("vault.absentNext")}`} />
          <Passphrase onPick={onPick} />
          <SessionOnly onPick={onPick} />
        </>
      );
    case "notAnswering":
      return (
        <>
          <Words title={t("vault.notAnswering")} why={t("vault.notAnsweringWhy")}>
            {again(t("vault.askAgain"))}
          </Words>
          <Passphrase onPick={onPick} />
          <SessionOnly onPick={onPick} />
        </>
      );
    case "needsPassphrase":
      return (
        <>
          <p className={styles.line}>{t("vault.needsPassphrase")}</p>
          <PassphraseForm isNew={false} onDone={(passphrase) => onPick({ kind: "passphrase", passphrase })} />
        </>
      );
    case "keyLost":
      return <KeyLost records={vault.sealedRecords} onPick={onPick} />;
    case "failed":
      return <ErrorNote error={vault.error} actions={{ tryAgain: props.onOpen }} />;
  }
}

function Words({ title, why, children }: { title: string; why?: string; children?: ReactNode }) {
  const styles = useStyles();
  return (
    <div>
      <p className={styles.line}>{title}</p>
      {why !== undefined && <p className={styles.quiet}>{why}</p>}
      {children && <p className={styles.quiet}>{children}</p>}
    </div>
  );
}

function Passphrase({ onPick }: { onPick: (choice: VaultChoice) => void }) {
  const styles = useStyles();
  return (
    <div className={styles.choice}>
      <h3 className={styles.heading}>{t("vault.passphraseTitle")}</h3>
      <PassphraseForm isNew onDone={(passphrase) => onPick({ kind: "passphrase", passphrase })} />
    </div>
  );
}

function SessionOnly({ onPick }: { onPick: (choice: VaultChoice) => void }) {
  const styles = useStyles();
  return (
    <div className={styles.choice}>
      <h3 className={styles.heading}>{t("vault.sessionTitle")}</h3>
      <p className={styles.line}>{t("vault.sessionSentence")}</p>
      <p className={styles.quiet}>
        <Button onClick={() => onPick({ kind: "sessionOnly" })}>{t("vault.sessionButton")}</Button>
      </p>
    </div>
  );
}

function KeyLost({ records, onPick }: { records: number; onPick: (choice: VaultChoice) => void }) {
  const styles = useStyles();
  const [sure, setSure] = useState(false);
  return (
    <>
      <Words title={t("vault.keyLost")} why={t("vault.keyLostWhy", { records })} />
      <p className={styles.line}>{t("vault.keyLostNext")}</p>
      <div className={styles.buttons}>
        <Button onClick={() => onPick({ kind: "keyring" })}>{t("vault.lookAgain")}</Button>
        <Button appearance="subtle" onClick={() => setSure(true)}>
          {t("vault.abandon")}
        </Button>
      </div>
      {sure && (
        <ConfirmDialog
          title={t("vault.abandonTitle")}
          confirm={t("vault.abandonButton")}
          onConfirm={() => {
            setSure(false);
            onPick({ kind: "abandonLost" });
          }}
          onCancel={() => setSure(false)}
        >
          {t("vault.abandonSentence")}
        </ConfirmDialog>
      )}
    </>
  );
}
