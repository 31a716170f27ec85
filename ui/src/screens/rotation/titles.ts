import type { RotationView } from "../../contract/types";
import { t } from "../../words";
import { credentialInSentence } from "../inventory/facetWords";

/** "Renew secret “prod-1” of Payroll export". */
export function rotationTitle({ old, new: made, appName }: RotationView): string {
  const which = old[0] ?? made;
  if (which === undefined || which === null) return appName;
  return t("rotation.title", { what: credentialInSentence(which), name: appName });
}
