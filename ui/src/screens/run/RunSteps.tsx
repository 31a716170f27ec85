import { makeStyles, tokens } from "@fluentui/react-components";
import type { StepLine } from "../../components/StepList";
import { StepList } from "../../components/StepList";
import type { RunStep, RunView, When } from "../../contract/types";
import { t } from "../../words";
import { countdown } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { Exact } from "../plan/Exact";
import { byGroup } from "../plan/groups";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "16px" },
  group: {
    margin: "0 0 4px",
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
  },
  time: { fontVariantNumeric: "tabular-nums" },
});

/** The steps, by the registration that they belong to. */
export function RunSteps({ run }: { run: RunView }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      {byGroup(run.steps, (each) => each.step.group).map(([group, members]) => (
        <section key={group} aria-label={group}>
          <h2 className={styles.group}>{group}</h2>
          <StepList label={`${t("run.steps")}: ${group}`} steps={members.map(lineOf)} />
        </section>
      ))}
    </div>
  );
}

function lineOf({ step, state, tookMs }: RunStep): StepLine {
  const isTrue = state.kind === "done" || state.kind === "already";
  return {
    id: step.id,
    sentence: isTrue ? step.doneSentence : step.sentence,
    state: state.kind,
    tookMs: state.kind === "done" ? tookMs : null,
    note:
      state.kind === "held" ? (
        <Held why={state.why} until={state.until} />
      ) : state.kind === "already" ? (
        t("run.already")
      ) : state.kind === "notByYou" ? (
        step.notByYou
      ) : null,
    extra: state.kind === "failed" && <Exact step={step} />,
  };
}

/** Waiting for Microsoft: why, and when the next try is. */
function Held({ why, until }: { why: string; until: When }) {
  const styles = useStyles();
  const now = useNow(1_000);
  const left = (Date.parse(until) - now.getTime()) / 1000;
  return (
    <>
      {why} {t("run.heldCalm")}{" "}
      <span className={styles.time} aria-live="off">
        {left > 0 ? t("run.held", { time: countdown(left) }) : t("run.heldNow")}
      </span>
    </>
  );
}
