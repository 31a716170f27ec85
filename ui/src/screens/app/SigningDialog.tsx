import { makeStyles } from "@fluentui/react-components";
import { NoticeDialog } from "../../components/ConfirmDialog";
import { OutsideLink } from "../../components/OutsideLink";
import { t } from "../../words";

/** Microsoft's page on certificates that sign sign-ins, and how they are changed in step with the product. */
const SIGNING_GUIDE =
  "https://learn.microsoft.com/entra/identity/enterprise-apps/tutorial-manage-certificates-for-federated-single-sign-on";

const STEPS = ["signing.make", "signing.give", "signing.switch", "signing.try"] as const;

const useStyles = makeStyles({
  line: { margin: "0 0 12px" },
  steps: { margin: "0 0 12px", paddingInlineStart: "24px", "& li": { paddingBottom: "6px" } },
});

/** How a certificate is changed that signs people in. Gatehouse does not do it: the product has to switch too. */
export function SigningDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const styles = useStyles();
  return (
    <NoticeDialog title={t("signing.title", { name })} onClose={onClose}>
      <p className={styles.line}>{t("signing.sentence")}</p>
      <ol className={styles.steps}>
        {STEPS.map((step) => (
          <li key={step}>{t(step, { name })}</li>
        ))}
      </ol>
      <p className={styles.line}>{t("signing.who")}</p>
      <OutsideLink url={SIGNING_GUIDE}>{t("signing.guide")}</OutsideLink>
    </NoticeDialog>
  );
}
