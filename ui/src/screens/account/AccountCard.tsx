import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { Id } from "../../components/Id";
import { StateWord, type Tone } from "../../components/StateWord";
import type { AccountState, AccountView } from "../../contract/types";
import { useVaultGate } from "../../shell/vaultGate";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { rolesInWords } from "../../words/roles";
import { useNow } from "../../words/useNow";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    padding: "20px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: "anywhere",
  },
  active: { border: `2px solid ${tokens.colorCompoundBrandStroke}`, padding: "19px" },
  head: { display: "flex", flexDirection: "column", gap: "4px" },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  line: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "8px" },
  badge: {
    flexShrink: 0,
    padding: "0 8px",
    lineHeight: "24px",
    borderRadius: tokens.borderRadiusMedium,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForeground2,
    backgroundColor: tokens.colorBrandBackground2,
  },
  upn: { margin: 0, color: tokens.colorNeutralForeground2 },
  facts: {
    display: "grid",
    gridTemplateColumns: "max-content 1fr",
    gap: "8px 16px",
    margin: 0,
    alignItems: "baseline",
    "& dt": { color: tokens.colorNeutralForeground2 },
    "& dd": { margin: 0, minWidth: 0 },
  },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
  roles: { margin: 0, padding: 0, listStyleType: "none" },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
});

const STATES: Record<AccountState, Tone> = { ready: "good", needsSignIn: "warn", vaultClosed: "wait" };

/** One account: who, where, with which roles, and whether it works. */
export function AccountCard(props: {
  account: AccountView;
  active: boolean;
  onUse: () => void;
  onSignOut: () => void;
}) {
  const styles = useStyles();
  const now = useNow();
  const { account, active } = props;
  return (
    <article
      className={mergeClasses(styles.root, active && styles.active)}
      aria-current={active ? "true" : undefined}
    >
      <div className={styles.head}>
        <div className={styles.line}>
          <h2 className={styles.name}>{account.name}</h2>
          {active && <span className={styles.badge}>{t("account.active")}</span>}
        </div>
        <p className={styles.upn} dir="ltr">
          {account.upn}
        </p>
      </div>
      <StateWord tone={STATES[account.state]}>{t(`account.${account.state}`)}</StateWord>
      {account.bootstrap && <p className={styles.note}>{t("account.bootstrap")}</p>}
      <dl className={styles.facts}>
        <dt>{t("account.organisation")}</dt>
        <dd>{account.tenantName}</dd>
        <dt>{t("account.roles")}</dt>
        <dd>
          <Roles account={account} />
        </dd>
        <dt>{t("account.signedIn")}</dt>
        <dd>{ago(account.signedInAt, now)}</dd>
        <dt>{t("account.tenantId")}</dt>
        <dd>
          <Id value={account.tenantId} label={t("account.tenantId")} />
        </dd>
        <dt>{t("account.clientId")}</dt>
        <dd>
          <Id value={account.clientId} label={t("account.clientId")} />
        </dd>
      </dl>
      <Buttons {...props} />
    </article>
  );
}

function Buttons(props: Parameters<typeof AccountCard>[0]) {
  const styles = useStyles();
  const navigate = useNavigate();
  const gate = useVaultGate();
  const { account, active } = props;
  return (
    <div className={styles.buttons}>
      {account.state === "needsSignIn" && (
        <Button
          onClick={() =>
            void navigate({
              to: "/sign-in",
              search: { account: account.id, afterwards: "/account/signed-in" },
            })
          }
        >
          {t("account.signInAgain")}
        </Button>
      )}
      {account.state === "vaultClosed" && (
        <Button onClick={() => void gate.ask()}>{t("account.openVault")}</Button>
      )}
      {!active && account.state !== "needsSignIn" && (
        <Button onClick={props.onUse}>{t("account.use")}</Button>
      )}
      <Button aria-label={t("account.signOutOf", { name: account.name })} onClick={props.onSignOut}>
        {t("account.signOut")}
      </Button>
    </div>
  );
}

function Roles({ account }: { account: AccountView }) {
  const styles = useStyles();
  if (account.roles === null || account.roles.length === 0) return rolesInWords(account);
  return (
    <ul className={styles.roles}>
      {account.roles.map((role) => (
        <li key={role.templateId}>{role.name}</li>
      ))}
    </ul>
  );
}
