import { Screen } from "../../components/Screen";
import { t } from "../../words";

/** Not drawn yet. */
export function RotationScreen(_: { rotationId: string }) {
  return <Screen title={t("inventory.title")} />;
}
