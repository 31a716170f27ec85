import { Screen } from "../../components/Screen";

/** To be written. */
export function ConnectorsScreen() {
  return <Screen title="Connectors"></Screen>;
}
