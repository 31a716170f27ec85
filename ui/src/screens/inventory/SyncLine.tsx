import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { announce } from "../../components/announce";
import { ErrorNote } from "../../components/ErrorNote";
import { HeldIcon, RefreshIcon, WarningIcon } from "../../components/icons";
import { Spinner } from "../../components/Spinner";
import type { SyncState } from "../../contract/types";
import { t } from "../../words";
import { ago, clockTime } from "../../words/dates";

const useStyles = makeStyles({
  root: { display: "inline-flex", flexWrap: "wrap", alignItems: "center", gap: "4px 8px" },
  held: { display: "inline-flex", color: tokens.colorStatusWarningForeground1 },
  words: { fontVariantNumeric: "tabular-nums" },
});

/** How fresh the list is, in one line, with the way to look again. */
export function SyncLine(props: {
  sync: SyncState;
  known: number;
  now: Date;
  busy: boolean;
  onSync: () => void;
}) {
  const styles = useStyles();
  const { sync, known, now, busy } = props;
  useAnnounced(sync, known);
  const again = (
    <Button
      appearance="transparent"
      size="small"
      icon={<RefreshIcon />}
      disabledFocusable={busy}
      onClick={props.onSync}
    >
      {t("inventory.readAgain")}
    </Button>
  );
  switch (sync.kind) {
    case "never":
      return null;
    case "reading":
      return (
        <span className={styles.root}>
          <Spinner />
          <span className={styles.words}>{t("inventory.reading", { count: sync.read })}</span>
        </span>
      );
    case "held":
      return (
        <span className={styles.root}>
          <span className={styles.held}>
            <HeldIcon aria-hidden="true" />
          </span>
          {t("inventory.held", { count: sync.read, why: sync.why, when: clockTime(sync.until) })}
        </span>
      );
    case "fresh":
      return (
        <span className={styles.root}>
          {t("inventory.fresh", { count: known, when: ago(sync.at, now) })}
          {again}
        </span>
      );
    case "stale":
      return (
        <span className={styles.root}>
          <span className={styles.held}>
            <WarningIcon aria-hidden="true" />
          </span>
          {sync.at === null ? t("inventory.staleNever") : t("inventory.stale", { when: ago(sync.at, now) })}
        </span>
      );
  }
}

/** Why it could not be read again. */
export function SyncFailure({ sync, onSync }: { sync: SyncState; onSync: () => void }) {
  return sync.kind === "stale" ? (
    <ErrorNote error={sync.error} actions={{ tryAgain: onSync, resume: onSync }} />
  ) : null;
}

/** Says once when a reading has come to its end; the numbers on the way are not read out. */
function useAnnounced(sync: SyncState, known: number): void {
  const before = useRef(sync.kind);
  useEffect(() => {
    if (before.current === "reading" && sync.kind === "fresh")
      announce(t("inventory.done", { count: known }));
    before.current = sync.kind;
  }, [sync.kind, known]);
}
