import { Screen } from "../../components/Screen";

/** To be written. */
export function AccountScreen() {
  return <Screen title="Account" />;
}
