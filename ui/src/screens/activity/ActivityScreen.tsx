import { Screen } from "../../components/Screen";

/** To be written. */
export function ActivityScreen() {
  return <Screen title="Activity" />;
}
