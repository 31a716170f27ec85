import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect } from "react";
import { useCommand, useStatus } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { StateWord } from "../../components/StateWord";
import type { SetupDraft } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexWrap: "wrap",
    gap: "8px 16px",
    alignItems: "center",
    justifyContent: "space-between",
    padding: "12px 16px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
});

/**
 * Keeps answers and account together: another person of the same organisation simply takes over; for another organisation the
 * person is told, since its mailboxes and domains are others.
 */
export function Account({ draft, onAccount }: { draft: SetupDraft; onAccount: (accountId: string) => void }) {
  const styles = useStyles();
  const status = useStatus();
  const choose = useCommand("account_choose");
  const accounts = status.data?.accounts ?? [];
  const active = accounts.find((account) => account.id === status.data?.activeAccount);
  const own = accounts.find((account) => account.id === draft.accountId);
  const takesOver =
    active !== undefined &&
    active.id !== draft.accountId &&
    (own === undefined || own.tenantId === active.tenantId);
  const next = takesOver ? active.id : null;
  useEffect(() => {
    if (next !== null) onAccount(next);
  }, [next, onAccount]);
  if (active === undefined || own === undefined || takesOver || own.id === active.id) return null;
  return (
    <div className={styles.root} role="status">
      <StateWord tone="warn">
        {t("wizard.otherOrganisation", { name: own.name, organisation: own.tenantName })}
      </StateWord>
      <Button onClick={() => choose.mutate(own.id)}>{t("wizard.otherUse", { name: own.name })}</Button>
      {choose.error && <ErrorNote error={choose.error} />}
    </div>
  );
}
