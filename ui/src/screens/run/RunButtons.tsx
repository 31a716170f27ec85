import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer } from "../../backend/queries";
import { StopIcon } from "../../components/icons";
import type { ScreenProps } from "../../components/Screen";
import type { RunView } from "../../contract/types";
import { t } from "../../words";
import { nextAfter } from "../plan/nextPlan";
import { SignInWithIt } from "./SignInWithIt";
import type { RunControls } from "./useRunControls";

/** The buttons of a run: Stop while it moves; then what fits how it ended. Not a component: gives parts of a screen. */
export function RunButtons(props: {
  run: RunView;
  controls: RunControls;
  onUndo: () => void;
}): Pick<ScreenProps, "primary" | "secondary"> {
  const { run, controls } = props;
  const { state } = run.summary;
  if (state === "running") {
    return {
      secondary: (
        <Button icon={<StopIcon />} disabledFocusable={controls.stopping} onClick={controls.stop}>
          {t("run.stop")}
        </Button>
      ),
    };
  }
  const undo = run.canUndo && (
    <Button disabled={controls.busy} onClick={props.onUndo}>
      {t("run.undo")}
    </Button>
  );
  if (run.canResume) {
    return {
      secondary: undo,
      primary: (
        <Button appearance="primary" disabled={controls.busy} onClick={controls.resume}>
          {t("run.goOn")}
        </Button>
      ),
    };
  }
  return { secondary: undo, primary: state !== "undoing" && <Onward run={run} /> };
}

function Onward({ run }: { run: RunView }) {
  const navigate = useNavigate();
  const { id, state, connectionId } = run.summary;
  const rotations = useAnswer("rotations", null);
  const rotation = rotations.data?.find((each) => each.id === id || each.removalRunId === id);
  const next = state === "done" ? nextAfter(id) : undefined;
  if (next !== undefined) {
    return (
      <Button appearance="primary" onClick={() => void navigate({ to: "/plan", search: { request: next } })}>
        {t("run.next")}
      </Button>
    );
  }
  if (run.ownClientId !== null && state === "done") return <SignInWithIt clientId={run.ownClientId} />;
  if (rotation !== undefined && state === "done") {
    return (
      <Button
        appearance="primary"
        onClick={() => void navigate({ to: "/rotations/$rotationId", params: { rotationId: rotation.id } })}
      >
        {t(rotation.state === "handOver" ? "run.handOver" : "run.rotation")}
      </Button>
    );
  }
  if (connectionId !== null && state !== "undone") {
    const waits = state === "waitingForOther";
    return (
      <Button
        appearance="primary"
        onClick={() =>
          void navigate({
            to: "/connections/$connectionId",
            params: { connectionId },
            hash: waits ? "other" : "handOver",
          })
        }
      >
        {t(waits ? "run.otherPerson" : "run.handOver")}
      </Button>
    );
  }
  return (
    <Button appearance="primary" onClick={() => void navigate({ to: "/home" })}>
      {t("run.home")}
    </Button>
  );
}
