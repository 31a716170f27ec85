import type { ConnectorView, InputIssue, InputView, SetupDraft } from "../../contract/types";
import { t } from "../../words";

/** A screen of the wizard; each asks one thing. */
export type WizardStep =
  | { id: string; kind: "features" | "lifetime" | "before"; short: string }
  | { id: string; kind: "input"; short: string; input: InputView };

/** The screens for these answers, in order. Which questions are asked depends on the chosen features. */
export function stepsOf(connector: ConnectorView, draft: SetupDraft): WizardStep[] {
  const steps: WizardStep[] = [];
  if (connector.features.length > 1) {
    steps.push({ id: "features", kind: "features", short: t("wizard.featuresShort") });
  }
  for (const input of connector.inputs) {
    if (isAsked(input.forFeatures, draft)) {
      steps.push({ id: `input:${input.id}`, kind: "input", short: input.label, input });
    }
  }
  if (connector.suggestedLifetimeMonths > 0) {
    steps.push({ id: "lifetime", kind: "lifetime", short: t("wizard.lifetimeShort") });
  }
  if (connector.followUps.some((each) => each.moment === "beforeSetup")) {
    steps.push({ id: "before", kind: "before", short: t("wizard.beforeShort") });
  }
  return steps;
}

/** True when something belongs to a chosen feature, or to no feature in particular. */
export function isAsked(forFeatures: string[], draft: SetupDraft): boolean {
  return forFeatures.length === 0 || forFeatures.some((feature) => draft.features.includes(feature));
}

/** Where to go on: the screen that was left, or the first one when that is not asked any more. */
export function placeOf(steps: WizardStep[], id: string): number {
  return Math.max(
    0,
    steps.findIndex((step) => step.id === id),
  );
}

/** The screen on which an issue can be put right; none when it belongs to no screen. */
export function stepOfIssue(
  steps: WizardStep[],
  connector: ConnectorView,
  issue: InputIssue,
): WizardStep | undefined {
  const { input } = issue;
  const isFeature = input === "features" || connector.features.some((feature) => feature.id === input);
  const id = isFeature ? "features" : input === "lifetime" ? "lifetime" : `input:${input}`;
  return steps.find((step) => step.id === id);
}

/** The answers with a feature switched on or off; features keep the connector's order. */
export function withFeature(
  connector: ConnectorView,
  draft: SetupDraft,
  feature: string,
  on: boolean,
): SetupDraft {
  const chosen = new Set(draft.features);
  if (on) chosen.add(feature);
  else chosen.delete(feature);
  const features = connector.features.map(({ id }) => id).filter((id) => chosen.has(id));
  return { ...draft, features };
}

/** The answers with one more answer. */
export const withAnswer = (draft: SetupDraft, input: string, answer: string): SetupDraft => ({
  ...draft,
  inputs: { ...draft.inputs, [input]: answer },
});
