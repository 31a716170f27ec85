import { Screen } from "../../components/Screen";

/** To be written. */
export function ConnectionScreen({ connectionId }: { connectionId: string }) {
  return <Screen title="Connection">{connectionId}</Screen>;
}
