import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useCommand } from "../backend/queries";
import { ErrorNote } from "../components/ErrorNote";
import type { AccountView } from "../contract/types";
import { t } from "../words";
import { rolesInWords } from "../words/roles";

const useStyles = makeStyles({
  root: {
    position: "absolute",
    insetInlineEnd: 0,
    top: "calc(100% + 4px)",
    zIndex: 5,
    width: "max-content",
    minWidth: "100%",
    maxWidth: "min(320px, calc(100vw - 32px))",
    boxSizing: "border-box",
    padding: "4px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow16,
  },
  heading: {
    margin: 0,
    padding: "8px 8px 4px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  others: {
    paddingBottom: "4px",
    marginBottom: "4px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  choice: {
    width: "100%",
    minHeight: "32px",
    justifyContent: "flex-start",
    textAlign: "start",
    paddingInline: "8px",
    fontWeight: tokens.fontWeightRegular,
  },
  person: { display: "flex", flexDirection: "column", alignItems: "flex-start", overflowWrap: "anywhere" },
  detail: { color: "inherit", fontSize: tokens.fontSizeBase200 },
});

/** Under the person's name: the other accounts, another sign-in, all accounts. */
export function AccountMenu(props: { id: string; others: AccountView[]; onClose: () => void }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const choose = useCommand("account_choose", props.onClose);
  return (
    <div className={styles.root} id={props.id}>
      {choose.error && <ErrorNote error={choose.error} />}
      {props.others.length > 0 && (
        <div className={styles.others}>
          <p className={styles.heading}>{t("shell.otherAccounts")}</p>
          <ul className={styles.list}>
            {props.others.map((account) => (
              <li key={account.id}>
                <Button
                  appearance="subtle"
                  className={styles.choice}
                  onClick={() => choose.mutate(account.id)}
                >
                  <span className={styles.person}>
                    <span>{account.name}</span>
                    <span
                      className={styles.detail}
                    >{`${account.tenantName} · ${rolesInWords(account)}`}</span>
                  </span>
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Button
        appearance="subtle"
        className={styles.choice}
        onClick={() => {
          props.onClose();
          void navigate({ to: "/sign-in" });
        }}
      >
        {t("shell.addAccount")}
      </Button>
      <Button
        appearance="subtle"
        className={styles.choice}
        onClick={() => {
          props.onClose();
          void navigate({ to: "/account/$place/{-$id}", params: { place: "signed-in" } });
        }}
      >
        {t("shell.manageAccounts")}
      </Button>
    </div>
  );
}
