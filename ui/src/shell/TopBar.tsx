import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import type { AppStatus } from "../contract/types";
import { t } from "../words";
import { rolesInWords } from "../words/roles";
import { AccountSwitcher } from "./AccountSwitcher";

const useStyles = makeStyles({
  root: {
    flexShrink: 0,
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    gap: "16px",
    minHeight: "56px",
    boxSizing: "border-box",
    padding: "4px 32px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    "@media (max-width: 639px)": { padding: "4px 16px", gap: "8px" },
  },
  organisation: {
    fontWeight: tokens.fontWeightSemibold,
    minWidth: 0,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  nobody: { color: tokens.colorNeutralForeground2 },
});

/** Always visible: which organisation, who, and with which role. */
export function TopBar({ status }: { status: AppStatus }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const signingIn = useRouterState({ select: (state) => state.location.pathname === "/sign-in" });
  const active = status.accounts.find((account) => account.id === status.activeAccount);
  if (active === undefined) {
    return (
      <header className={styles.root}>
        <span className={styles.nobody}>{t("shell.notSignedIn")}</span>
        {!signingIn && (
          <Button size="small" onClick={() => void navigate({ to: "/sign-in" })}>
            {t("shell.signIn")}
          </Button>
        )}
      </header>
    );
  }
  return (
    <header className={styles.root}>
      <span className={styles.organisation} title={`${t("shell.organisation")}: ${active.tenantName}`}>
        {active.tenantName}
      </span>
      <AccountSwitcher active={active} role={rolesInWords(active)} accounts={status.accounts} />
    </header>
  );
}
