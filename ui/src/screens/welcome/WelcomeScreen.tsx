import { Screen } from "../../components/Screen";

/** To be written. */
export function WelcomeScreen() {
  return <Screen title="Welcome" />;
}
