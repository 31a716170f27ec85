import type { RotationView } from "../../contract/types";
import { t } from "../../words";
import { credentialName } from "../inventory/facetWords";

/** "Renew secret “prod-1” of Payroll export". */
export function rotationTitle({ old, new: made, appName }: RotationView): string {
  const which = old[0] ?? made;
  if (which === undefined || which === null) return appName;
  const what = credentialName(which);
  return t("rotation.title", { what: what.charAt(0).toLocaleLowerCase() + what.slice(1), name: appName });
}
