import { Button, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useCommand, useStatus } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { AddIcon } from "../../components/icons";
import { Screen } from "../../components/Screen";
import type { AccountView } from "../../contract/types";
import { t } from "../../words";
import { AccountCard } from "./AccountCard";
import { SignOut } from "./SignOut";

const useStyles = makeStyles({
  grid: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 320px), 1fr))",
    gap: "16px",
    alignItems: "start",
    listStyleType: "none",
    margin: 0,
    padding: 0,
  },
});

/** Everyone who is signed in here, side by side. */
export function AccountScreen() {
  const styles = useStyles();
  const navigate = useNavigate();
  const status = useStatus();
  const [leaving, setLeaving] = useState<AccountView | null>(null);
  const choose = useCommand("account_choose");
  const accounts = status.data?.accounts ?? [];
  return (
    <Screen
      title={t("account.title")}
      sentence={t("account.sentence")}
      primary={
        <Button
          appearance="primary"
          icon={<AddIcon />}
          onClick={() => void navigate({ to: "/sign-in", search: { purpose: "identify" } })}
        >
          {t("account.add")}
        </Button>
      }
    >
      {choose.error && <ErrorNote error={choose.error} />}
      {accounts.length === 0 && (
        <EmptyState title={t("account.emptyTitle")} sentence={t("account.emptySentence")} />
      )}
      <ul className={styles.grid}>
        {accounts.map((account) => (
          <li key={account.id}>
            <AccountCard
              account={account}
              active={account.id === status.data?.activeAccount}
              onUse={() => choose.mutate(account.id)}
              onSignOut={() => setLeaving(account)}
            />
          </li>
        ))}
      </ul>
      {leaving !== null && <SignOut account={leaving} onClose={() => setLeaving(null)} />}
    </Screen>
  );
}
