import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { GoIcon, WaitingIcon, YesIcon } from "../../components/icons";
import { t } from "../../words";
import type { WizardStep } from "./steps";

const useStyles = makeStyles({
  list: {
    listStyleType: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: "4px",
  },
  step: {
    display: "flex",
    gap: "8px",
    alignItems: "flex-start",
    width: "100%",
    boxSizing: "border-box",
    padding: "8px",
    textAlign: "start",
    font: "inherit",
    color: tokens.colorNeutralForeground2,
    backgroundColor: "transparent",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    overflowWrap: "anywhere",
  },
  open: {
    cursor: "pointer",
    color: tokens.colorNeutralForeground1,
    ":hover": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "0" },
  },
  now: { fontWeight: tokens.fontWeightSemibold, backgroundColor: tokens.colorNeutralBackground3 },
  icon: { display: "flex", flexShrink: 0 },
  done: { color: tokens.colorStatusSuccessForeground1 },
  current: { color: tokens.colorBrandForeground1 },
  hidden: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
});

/** The steps and how each stands. One that was reached can be gone back to. */
export function Steps(props: {
  steps: WizardStep[];
  here: number;
  reached: number;
  onGo: (place: number) => void;
}) {
  const styles = useStyles();
  return (
    <nav aria-label={t("wizard.steps")}>
      <ol className={styles.list}>
        {props.steps.map((step, place) => {
          const now = place === props.here;
          const words = <StepWords step={step} now={now} done={place < props.reached} />;
          return (
            <li key={step.id} aria-current={now ? "step" : undefined}>
              {place > props.reached || now ? (
                <span className={mergeClasses(styles.step, now && styles.open, now && styles.now)}>
                  {words}
                </span>
              ) : (
                <button
                  type="button"
                  className={mergeClasses(styles.step, styles.open)}
                  onClick={() => props.onGo(place)}
                >
                  {words}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function StepWords({ step, now, done }: { step: WizardStep; now: boolean; done: boolean }) {
  const styles = useStyles();
  const Icon = now ? GoIcon : done ? YesIcon : WaitingIcon;
  const state = now ? "wizard.stepNow" : done ? "wizard.stepDone" : "wizard.stepLater";
  return (
    <>
      <span className={mergeClasses(styles.icon, now ? styles.current : done && styles.done)}>
        <Icon aria-hidden="true" />
      </span>
      <span>
        <span className={styles.hidden}>{t(state)}: </span>
        {step.short}
      </span>
    </>
  );
}
