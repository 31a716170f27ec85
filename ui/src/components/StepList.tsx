import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { StepState } from "../contract/types";
import { t } from "../words";
import { duration } from "../words/dates";
import { FailedIcon, HeldIcon, OtherPersonIcon, UndoneIcon, WaitingIcon, YesIcon } from "./icons";
import { Spinner } from "./Spinner";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column" },
  item: {
    display: "grid",
    gridTemplateColumns: "20px 1fr auto",
    columnGap: "12px",
    alignItems: "start",
    padding: "8px 0",
  },
  mark: { display: "flex", height: "20px", alignItems: "center" },
  body: { minWidth: 0, overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground3 },
  strong: { fontWeight: tokens.fontWeightSemibold },
  note: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  time: {
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: "tabular-nums",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "20px",
    whiteSpace: "nowrap",
  },
  good: { color: tokens.colorStatusSuccessForeground1 },
  wait: { color: tokens.colorStatusWarningForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  dim: { color: tokens.colorNeutralForeground3 },
  hidden: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
});

/** One sentence of a run. */
export interface StepLine {
  id: string;
  /** What will happen, or once true, what did. */
  sentence: string;
  state: StepState["kind"];
  /** Why it waits, whose it is, what was seen. */
  note?: ReactNode;
  /** Milliseconds it took. */
  tookMs?: number | null;
  /** Something folded away under it, such as its exact request. */
  extra?: ReactNode;
}

/** Sentences that turn true one by one, with the time that each took. */
export function StepList({ steps, label }: { steps: StepLine[]; label: string }) {
  const styles = useStyles();
  return (
    <ol className={styles.list} aria-label={label}>
      {steps.map((step) => (
        <li className={styles.item} key={step.id} aria-current={step.state === "active" ? "step" : undefined}>
          <Mark state={step.state} />
          <div className={styles.body}>
            <span
              className={mergeClasses(
                (step.state === "waiting" || step.state === "undone") && styles.quiet,
                step.state === "active" && styles.strong,
              )}
            >
              {step.sentence}
            </span>
            {step.note && <div className={styles.note}>{step.note}</div>}
            {step.extra}
          </div>
          <span className={styles.time}>{step.tookMs != null && duration(step.tookMs)}</span>
        </li>
      ))}
    </ol>
  );
}

const ICONS = {
  waiting: WaitingIcon,
  held: HeldIcon,
  done: YesIcon,
  already: YesIcon,
  notByYou: OtherPersonIcon,
  failed: FailedIcon,
  undone: UndoneIcon,
} as const;

const TONE = {
  waiting: "dim",
  active: "dim",
  held: "wait",
  done: "good",
  already: "good",
  notByYou: "wait",
  failed: "bad",
  undone: "dim",
} as const;

function Mark({ state }: { state: StepLine["state"] }) {
  const styles = useStyles();
  const Icon = state === "active" ? null : ICONS[state];
  return (
    <span className={mergeClasses(styles.mark, styles[TONE[state]])}>
      {Icon === null ? <Spinner /> : <Icon aria-hidden="true" />}
      <span className={styles.hidden}>{t(`step.${state}`)}: </span>
    </span>
  );
}
