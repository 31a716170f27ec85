import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useRunCommand } from "../../backend/liveRuns";
import { useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import type { ActionHandlers } from "../../components/ErrorNote";
import type { RunView } from "../../contract/types";
import { t } from "../../words";
import type { Part } from "../connection/part";

/** What a person can do with a run. */
export interface RunControls {
  /** Stop was pressed, and the run has not come to rest yet. */
  stopping: boolean;
  /** A command was given and the run has not shown it yet. */
  busy: boolean;
  failure: Error | null;
  stop: () => void;
  resume: () => void;
  undo: () => void;
  /** What buttons under an error do. Going on and undoing have their own buttons, at the bottom of the screen. */
  elsewhere: ActionHandlers;
}

/** Gives commands to one run. */
export function useRunControls(run: RunView): RunControls {
  const navigate = useNavigate();
  const command = useRunCommand();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const cancel = useCommand("run_cancel");
  const { id, state, connectionId } = run.summary;
  const moving = state === "running" || state === "undoing";

  const give = (what: "run_resume" | "run_undo") => {
    setBusy(true);
    setAsked(false);
    setFailure(null);
    command(what, id)
      .catch((problem: Error) => setFailure(problem))
      .finally(() => setBusy(false));
  };
  const goTo = (part: Part) =>
    connectionId !== null &&
    void navigate({ to: "/connections/$connectionId", params: { connectionId }, hash: part });
  return {
    stopping: moving && asked,
    busy,
    failure: failure ?? cancel.error,
    stop: () => {
      setAsked(true);
      announce(t("run.stopping"));
      cancel.mutate(id, { onError: () => setAsked(false) });
    },
    resume: () => give("run_resume"),
    undo: () => give("run_undo"),
    elsewhere: {
      signIn: () =>
        void navigate({ to: "/sign-in", search: { purpose: "setUp", afterwards: `/runs/${id}` } }),
      planAgain: () => void navigate({ to: "/connectors" }),
      changeAnswers: () => void navigate({ to: "/connectors" }),
      ...(connectionId === null ? {} : { tryAgain: () => goTo("overview"), askAdmin: () => goTo("other") }),
    },
  };
}
