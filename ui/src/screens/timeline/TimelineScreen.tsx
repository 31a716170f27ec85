import { Screen } from "../../components/Screen";
import { t } from "../../words";

/** Not drawn yet. */
export function TimelineScreen() {
  return <Screen title={t("inventory.title")} />;
}
