import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { OtherPersonIcon, WaitingIcon, YesIcon } from "../../components/icons";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import type { PlanStep } from "../../contract/types";
import { t } from "../../words";
import { Exact } from "./Exact";
import { byGroup } from "./groups";

const useStyles = makeStyles({
  groups: { display: "flex", flexDirection: "column", gap: "16px" },
  group: {
    margin: "0 0 8px",
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
  },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  step: {
    display: "grid",
    gridTemplateColumns: "20px minmax(0, 1fr)",
    columnGap: "12px",
    padding: "8px 0",
    overflowWrap: "anywhere",
  },
  icon: { display: "flex", height: "20px", alignItems: "center", color: tokens.colorBrandForeground1 },
  already: { color: tokens.colorStatusSuccessForeground1 },
  other: { color: tokens.colorStatusWarningForeground1 },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Every change, as a sentence, by the registration that it belongs to. */
export function Changes({ steps }: { steps: PlanStep[] }) {
  const styles = useStyles();
  const groups = byGroup(steps, (step) => step.group);
  const changes = steps.filter((step) => step.writes && !step.already).length;
  return (
    <Section title={t("plan.changes")} sentence={t("plan.count", { changes, groups: groups.length })}>
      <div className={styles.groups}>
        {groups.map(([group, members]) => (
          <Panel key={group}>
            <h3 className={styles.group}>{group}</h3>
            <ol className={styles.list}>
              {members.map((step) => (
                <Change key={step.id} step={step} />
              ))}
            </ol>
          </Panel>
        ))}
      </div>
    </Section>
  );
}

function Change({ step }: { step: PlanStep }) {
  const styles = useStyles();
  const Icon = step.already ? YesIcon : step.notByYou !== null ? OtherPersonIcon : WaitingIcon;
  return (
    <li className={styles.step}>
      <span
        className={mergeClasses(
          styles.icon,
          step.already && styles.already,
          step.notByYou !== null && styles.other,
        )}
      >
        <Icon aria-hidden="true" />
      </span>
      <div>
        {step.sentence}
        {step.already && <p className={styles.note}>{t("plan.already")}</p>}
        {!step.already && step.notByYou !== null && (
          <p className={styles.note}>{t("plan.notByYou", { why: step.notByYou })}</p>
        )}
        {!step.writes && !step.already && <p className={styles.note}>{t("plan.checks")}</p>}
        <Exact step={step} />
      </div>
    </li>
  );
}
