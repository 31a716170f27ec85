import { Screen } from "../../components/Screen";
import type { PlanRequest } from "../../contract/types";

/** To be written. */
export function PlanScreen({ request }: { request: PlanRequest }) {
  return <Screen title="Plan">{request.kind}</Screen>;
}
