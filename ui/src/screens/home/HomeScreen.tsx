import { Screen } from "../../components/Screen";

/** To be written. */
export function HomeScreen() {
  return <Screen title="Home" />;
}
