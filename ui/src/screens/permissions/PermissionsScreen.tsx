import { Screen } from "../../components/Screen";

/** To be written. */
export function PermissionsScreen() {
  return <Screen title="Permissions"></Screen>;
}
