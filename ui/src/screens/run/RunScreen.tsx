import { Screen } from "../../components/Screen";

/** To be written. */
export function RunScreen({ runId }: { runId: string }) {
  return <Screen title="Run">{runId}</Screen>;
}
