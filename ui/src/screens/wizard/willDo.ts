import type { ConnectorView, PermissionWords, SetupDraft } from "../../contract/types";
import { isAsked, type WizardStep } from "./steps";

/** What follows from the answers so far, for the side of the wizard. */
export interface WillDo {
  registrations: { key: string; name: string; permissions: PermissionWords[] }[];
  /** Set once the question was reached. */
  secret: { count: number; months: number } | null;
  answers: { question: string; answer: string }[];
}

/** What Gatehouse will do, as far as the answers up to screen `reached` say. */
export function willDo(
  connector: ConnectorView,
  draft: SetupDraft,
  steps: WizardStep[],
  reached: number,
): WillDo {
  const features = connector.features.filter((feature) => draft.features.includes(feature.id));
  const registrations = connector.registrations
    .filter((registration) => isAsked(registration.forFeatures, draft))
    .map(({ key, name }) => {
      const here = features.filter((feature) => feature.registrations.includes(key));
      const permissions = here.flatMap((feature) => feature.permissions);
      return { key, name, permissions: [...new Map(permissions.map((each) => [each.key, each])).values()] };
    });
  const seen = steps.slice(0, reached + 1);
  const answers = seen.flatMap((step) => {
    const answer = step.kind === "input" ? draft.inputs[step.input.id]?.trim() : undefined;
    return step.kind === "input" && answer
      ? [{ question: step.input.label, answer: said(step, answer) }]
      : [];
  });
  const secret = seen.some((step) => step.kind === "lifetime")
    ? { count: registrations.length, months: draft.lifetimeMonths }
    : null;
  return { registrations, secret, answers };
}

/** An answer as a person would say it. */
function said(step: Extract<WizardStep, { kind: "input" }>, answer: string): string {
  const { kind } = step.input;
  if (kind.kind === "choice") return kind.options.find((option) => option.value === answer)?.label ?? answer;
  if (kind.kind === "certificate") return `${answer.slice(0, 27)}…`;
  return answer;
}
