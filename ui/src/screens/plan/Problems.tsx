import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ActionHandlers } from "../../components/ErrorNote";
import { FailedIcon, OtherPersonIcon } from "../../components/icons";
import { OutsideLink } from "../../components/OutsideLink";
import { Section } from "../../components/Section";
import type { PlanProblem } from "../../contract/types";
import { useDefaultActions } from "../../shell/defaultActions";
import { t } from "../../words";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: "12px" },
  root: {
    display: "grid",
    gridTemplateColumns: "20px minmax(0, 1fr)",
    columnGap: "12px",
    padding: "16px 20px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderLeft: `4px solid ${tokens.colorStatusWarningBorder2}`,
    overflowWrap: "anywhere",
  },
  blocks: { borderLeft: `4px solid ${tokens.colorStatusDangerBorder2}` },
  icon: { display: "flex", color: tokens.colorStatusWarningForeground1 },
  blocksIcon: { color: tokens.colorStatusDangerForeground1 },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
  line: { margin: "4px 0 0" },
  people: { margin: "4px 0 0", paddingInlineStart: "20px" },
  button: { marginTop: "12px" },
});

/** What stops the plan or part of it: what, why, who can, and one button. */
export function Problems({ problems, actions }: { problems: PlanProblem[]; actions: ActionHandlers }) {
  const styles = useStyles();
  if (problems.length === 0) return null;
  return (
    <Section title={t("plan.problems")}>
      <div className={styles.list}>
        {problems.map((problem) => (
          <Problem key={problem.code + problem.title} problem={problem} actions={actions} />
        ))}
      </div>
    </Section>
  );
}

function Problem({ problem, actions }: { problem: PlanProblem; actions: ActionHandlers }) {
  const styles = useStyles();
  const everywhere = useDefaultActions();
  const { action, blocks } = problem;
  const act = action === null ? undefined : (actions[action] ?? everywhere[action]);
  const Icon = blocks ? FailedIcon : OtherPersonIcon;
  return (
    <div className={mergeClasses(styles.root, blocks && styles.blocks)}>
      <span className={mergeClasses(styles.icon, blocks && styles.blocksIcon)}>
        <Icon aria-hidden="true" />
      </span>
      <div>
        <h3 className={styles.title}>{problem.title}</h3>
        <p className={styles.line}>{problem.why}</p>
        {problem.advice && (
          <>
            <p className={styles.line}>{problem.advice.sentence}</p>
            <div className={styles.button}>
              <OutsideLink url={problem.advice.url}>{problem.advice.words}</OutsideLink>
            </div>
          </>
        )}
        {problem.people.length > 0 && (
          <>
            <p className={styles.line}>{t("plan.whoCan")}:</p>
            <ul className={styles.people}>
              {problem.people.map((person) => (
                <li key={person}>{person}</li>
              ))}
            </ul>
          </>
        )}
        {action !== null && act !== undefined && (
          <Button className={styles.button} onClick={act}>
            {t(`action.${action}`)}
          </Button>
        )}
      </div>
    </div>
  );
}
