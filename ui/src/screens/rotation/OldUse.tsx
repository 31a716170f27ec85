import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { RefreshIcon } from "../../components/icons";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { RotationView } from "../../contract/types";
import { t } from "../../words";
import { ago, shortDate } from "../../words/dates";
import { useNow } from "../../words/useNow";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px" },
  what: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  line: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  again: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 12px" },
});

/** Whether the old credential is still used, as far as Microsoft says; when nobody can tell, that. */
export function OldUse({ rotation }: { rotation: RotationView }) {
  const styles = useStyles();
  const now = useNow();
  const look = useCommand("rotation_look");
  const use = rotation.oldLastUse;
  const after =
    use.kind === "used" &&
    rotation.handedOverAt !== null &&
    new Date(use.at) > new Date(rotation.handedOverAt);
  return (
    <Section title={t("rotation.oldUse")}>
      <Panel className={styles.root}>
        <div className={styles.what}>
          {use.kind === "unknown" ? (
            <StateWord tone="info">{t("rotation.cannotTell")}</StateWord>
          ) : use.kind === "notSeen" ? (
            <StateWord tone="good">{t("rotation.notSeen", { when: shortDate(use.since, now) })}</StateWord>
          ) : (
            <StateWord tone={after ? "warn" : rotation.state === "idle" ? "good" : "wait"}>
              {t(after ? "rotation.usedAfter" : "rotation.usedBefore", { when: ago(use.at, now) })}
            </StateWord>
          )}
        </div>
        {use.kind === "unknown" && (
          <p className={styles.line}>
            {use.why} {t("rotation.cannotTellNext")}
          </p>
        )}
        {after && <p className={styles.line}>{t("rotation.stillUsedNext")}</p>}
        <div className={styles.again}>
          <Button
            icon={<RefreshIcon />}
            disabledFocusable={look.isPending}
            onClick={() => look.mutate(rotation.id)}
          >
            {t("rotation.look")}
          </Button>
          {rotation.lookedAt !== null && (
            <span className={styles.line}>
              {t("rotation.lookedAt", { when: ago(rotation.lookedAt, now) })}
            </span>
          )}
        </div>
        {look.error && (
          <ErrorNote error={look.error} actions={{ tryAgain: () => look.mutate(rotation.id) }} />
        )}
      </Panel>
    </Section>
  );
}
