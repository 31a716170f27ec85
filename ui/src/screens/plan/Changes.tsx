import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { OtherPersonIcon, YesIcon } from "../../components/icons";
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
    gridTemplateColumns: "24px minmax(0, 1fr)",
    columnGap: "12px",
    padding: "8px 0",
    overflowWrap: "anywhere",
  },
  mark: {
    display: "flex",
    height: "20px",
    alignItems: "center",
    justifyContent: "flex-end",
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: "tabular-nums",
  },
  already: { color: tokens.colorStatusSuccessForeground1 },
  other: { color: tokens.colorStatusWarningForeground1 },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Every change, as a sentence, by the registration that it belongs to. */
export function Changes({ steps }: { steps: PlanStep[] }) {
  const styles = useStyles();
  const groups = byGroup(steps, (step) => step.group);
  const changes = steps.filter(isChange).length;
  const mine = steps.filter((step) => isChange(step) && step.notByYou === null).length;
  return (
    <Section
      title={t("plan.changes")}
      sentence={t("plan.count", { changes: mine, others: changes - mine, groups: groups.length })}
    >
      <div className={styles.groups}>
        {groups.map(([group, members]) => (
          <Panel key={group}>
            <h3 className={styles.group}>{group}</h3>
            <ol className={styles.list}>
              {members.map((step) => (
                <Change key={step.id} step={step} number={steps.indexOf(step) + 1} />
              ))}
            </ol>
          </Panel>
        ))}
      </div>
    </Section>
  );
}

const isChange = (step: PlanStep): boolean => step.writes && !step.already;

function Change({ step, number }: { step: PlanStep; number: number }) {
  const styles = useStyles();
  return (
    <li className={styles.step}>
      <span
        className={mergeClasses(
          styles.mark,
          step.already && styles.already,
          step.notByYou !== null && styles.other,
        )}
        aria-hidden="true"
      >
        {step.already ? <YesIcon /> : step.notByYou !== null ? <OtherPersonIcon /> : `${number}.`}
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
