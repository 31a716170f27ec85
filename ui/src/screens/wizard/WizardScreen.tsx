import { Screen } from "../../components/Screen";

/** To be written. */
export function WizardScreen({ draftId }: { draftId: string }) {
  return <Screen title="Wizard">{draftId}</Screen>;
}
