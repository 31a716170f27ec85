import { Screen } from "../../components/Screen";
import { t } from "../../words";

/** Not drawn yet. */
export function RotationsScreen() {
  return <Screen title={t("inventory.title")} />;
}
