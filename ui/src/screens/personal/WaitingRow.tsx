import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { HeldIcon } from "../../components/icons";
import { PanelRow } from "../../components/Panel";
import type { Approval } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { placed } from "./places";

const useStyles = makeStyles({
  icon: { display: "flex", color: tokens.colorStatusWarningForeground1 },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  product: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** A product that waits for an admin. */
export function WaitingRow({ approval }: { approval: Approval }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const now = useNow();
  const product = approval.request.product ?? t("personal.unnamed");
  const since = t("personal.waitingSince", { when: ago(approval.askedAt, now) });
  return (
    <PanelRow>
      <span className={styles.icon}>
        <HeldIcon aria-hidden="true" />
      </span>
      <div className={styles.words}>
        <p className={styles.product}>{product}</p>
        <p className={styles.quiet}>
          {approval.organisation === null ? since : `${approval.organisation}. ${since}`}
        </p>
      </div>
      <Button
        aria-label={t("personal.waitingOpenOf", { product })}
        onClick={() => void navigate(placed("approval", approval.id))}
      >
        {t("personal.waitingOpen")}
      </Button>
    </PanelRow>
  );
}
