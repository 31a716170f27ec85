import { Screen } from "../../components/Screen";
import { t } from "../../words";

/** Not drawn yet. */
export function AttentionScreen() {
  return <Screen title={t("inventory.title")} />;
}
