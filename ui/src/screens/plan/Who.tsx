import { makeStyles, tokens } from "@fluentui/react-components";
import type { PlanView } from "../../contract/types";
import { t } from "../../words";
import { relativeDay, shortDate } from "../../words/dates";
import { rolesInWords } from "../../words/roles";
import { useNow } from "../../words/useNow";

const useStyles = makeStyles({
  root: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 160px), 1fr))",
    gap: "12px 24px",
    margin: 0,
    padding: "16px 20px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    "@media (forced-colors: active)": { border: "1px solid" },
    "& dt": { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
    "& dd": { margin: 0, overflowWrap: "anywhere" },
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  upn: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Who will do it, in which organisation, with which role. */
export function Who({ plan }: { plan: PlanView }) {
  const styles = useStyles();
  const now = useNow();
  const { account } = plan;
  return (
    <dl className={styles.root}>
      <div>
        <dt>{t("plan.who")}</dt>
        <dd className={styles.name}>{account.name}</dd>
        <dd className={styles.upn} dir="ltr">
          {account.upn}
        </dd>
      </div>
      <div>
        <dt>{t("plan.organisation")}</dt>
        <dd className={styles.name}>{account.tenantName}</dd>
      </div>
      <div>
        <dt>{t("plan.role")}</dt>
        <dd className={styles.name}>{rolesInWords(account)}</dd>
      </div>
      {plan.secretsExpire !== null && (
        <div>
          <dt>{t("plan.secretsExpire")}</dt>
          <dd className={styles.name}>{shortDate(plan.secretsExpire, now)}</dd>
          <dd className={styles.upn}>{relativeDay(plan.secretsExpire, now)}</dd>
        </div>
      )}
    </dl>
  );
}
