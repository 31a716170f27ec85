import type {
  AnswerCondition,
  AudienceChoice,
  ConnectorView,
  FeatureView,
  FollowUp,
  InputIssue,
  InputView,
  MailboxLimitView,
  SetupDraft,
} from "../../contract/types";
import { t } from "../../words";

/** A screen of the wizard; each asks one thing. */
export type WizardStep = { id: string; short: string } & (
  | { kind: "features" | "permissions" | "lifetime" | "before" }
  | { kind: "input"; input: InputView }
  | { kind: "audience"; choice: AudienceChoice }
  | { kind: "mailboxes"; limit: MailboxLimitView }
);

/** The screens for these answers, in order. Which questions are asked depends on the chosen features. */
export function stepsOf(connector: ConnectorView, draft: SetupDraft): WizardStep[] {
  const steps: WizardStep[] = [];
  if (connector.features.length > 1) {
    steps.push({ id: "features", kind: "features", short: t("wizard.featuresShort") });
  }
  for (const input of connector.inputs) {
    if (isAsked(input, connector, draft)) {
      steps.push({ id: `input:${input.id}`, kind: "input", short: input.label, input });
    }
  }
  for (const choice of connector.audiences) {
    if (choice.offers.length > 1 && isMade(connector, choice.registration, draft)) {
      steps.push({
        id: `audience:${choice.registration}`,
        kind: "audience",
        short: t("wizard.audienceShort"),
        choice,
      });
    }
  }
  if (connector.optionalPermissions.length > 0) {
    steps.push({ id: "permissions", kind: "permissions", short: t("wizard.permissionsShort") });
  }
  for (const limit of connector.mailboxLimits) {
    if (isAsked(limit, connector, draft)) {
      steps.push({
        id: `mailboxes:${limit.registration}`,
        kind: "mailboxes",
        short: t("wizard.mailboxesShort", { app: limit.title }),
        limit,
      });
    }
  }
  if (connector.suggestedLifetimeMonths > 0) {
    steps.push({ id: "lifetime", kind: "lifetime", short: t("wizard.lifetimeShort") });
  }
  if (before(connector, draft).length > 0) {
    steps.push({ id: "before", kind: "before", short: t("wizard.beforeShort") });
  }
  return steps;
}

/** What a person does elsewhere before the first change. */
export const before = (connector: ConnectorView, draft: SetupDraft): FollowUp[] =>
  connector.followUps.filter((each) => each.moment === "beforeSetup" && isAsked(each, connector, draft));

function isMade(connector: ConnectorView, key: string, draft: SetupDraft): boolean {
  const registration = connector.registrations.find((each) => each.key === key);
  return registration === undefined || isAsked(registration, connector, draft);
}

/** True when something belongs to a chosen feature, or to no feature in particular, and to what was answered. */
export function isAsked(
  { forFeatures, when }: { forFeatures: string[]; when: AnswerCondition | null },
  connector: ConnectorView,
  draft: SetupDraft,
): boolean {
  const featured =
    forFeatures.length === 0 || forFeatures.some((feature) => draft.features.includes(feature));
  return featured && (when === null || when.is.includes(answerTo(when.input, connector, draft)));
}

/** The answer to a question; what it will be with Next alone while nobody answered. */
function answerTo(id: string, connector: ConnectorView, draft: SetupDraft): string {
  const given = draft.inputs[id];
  if (given !== undefined) return given;
  const input = connector.inputs.find((each) => each.id === id);
  const first = input?.kind.kind === "choice" ? input.kind.options[0]?.value : undefined;
  return input?.default ?? first ?? "";
}

/** What a feature needs, with these answers. */
export const permissionsOf = (feature: FeatureView, connector: ConnectorView, draft: SetupDraft) =>
  feature.permissions.filter(({ key }) =>
    isAsked({ forFeatures: [], when: feature.permissionConditions[key] ?? null }, connector, draft),
  );

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
  const isPermission = connector.optionalPermissions.some((each) => each.permission.key === input);
  // Account types and mailboxes come with the name of their screen: a registration may be named like a feature.
  const id = isFeature ? "features" : isPermission ? "permissions" : `input:${input}`;
  return steps.find((step) => step.id === input || step.id === id);
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

/** The answers with an optional permission switched on or off. */
export const withPermission = (draft: SetupDraft, key: string, on: boolean): SetupDraft => ({
  ...draft,
  permissionsOn: [...draft.permissionsOn.filter((each) => each !== key), ...(on ? [key] : [])],
});

/** The answers with something ticked or not that is done before. */
export const withTick = (draft: SetupDraft, id: string, done: boolean): SetupDraft => ({
  ...draft,
  ticks: [...draft.ticks.filter((each) => each !== id), ...(done ? [id] : [])],
});
