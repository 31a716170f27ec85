import { Screen } from "../../components/Screen";

/** To be written. */
export function ConnectorScreen({ connectorId }: { connectorId: string }) {
  return <Screen title="Connector">{connectorId}</Screen>;
}
