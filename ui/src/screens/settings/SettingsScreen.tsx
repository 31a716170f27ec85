import { Screen } from "../../components/Screen";

/** To be written. */
export function SettingsScreen() {
  return <Screen title="Settings" />;
}
