import type {
  ConnectorView,
  LicenceView,
  MailboxAccessChoice,
  PermissionWords,
  SetupDraft,
} from "../../contract/types";
import { t } from "../../words";
import { countryName } from "./answers/countries";
import { isAsked, permissionsOf, type WizardStep } from "./steps";

/** What follows from the answers so far, for the side of the wizard. */
export interface WillDo {
  registrations: { key: string; name: string; permissions: PermissionWords[] }[];
  /** What is changed for the whole organisation, one sentence each. */
  settings: string[];
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
  licences: LicenceView[] = [],
): WillDo {
  const features = connector.features.filter((feature) => draft.features.includes(feature.id));
  const optional = connector.optionalPermissions
    .map(({ permission }) => permission)
    .filter(({ key }) => draft.permissionsOn.includes(key));
  const registrations = connector.registrations
    .filter((registration) => isAsked(registration, connector, draft))
    .map(({ key, name }, place) => {
      const here = features.filter((feature) => feature.registrations.includes(key));
      const needed = here.flatMap((feature) => permissionsOf(feature, connector, draft));
      // Which registration an optional permission is for is the plan's business; here it stands once.
      const permissions = place === 0 ? [...needed, ...optional] : needed;
      return { key, name, permissions: [...new Map(permissions.map((each) => [each.key, each])).values()] };
    });
  const seen = steps.slice(0, reached + 1);
  const answers = seen.flatMap((step) => {
    const answer = said(step, draft, licences);
    return answer === "" ? [] : [{ question: step.short, answer }];
  });
  const secret = seen.some((step) => step.kind === "lifetime")
    ? { count: registrations.length, months: draft.lifetimeMonths }
    : null;
  const settings = connector.settings
    .filter((setting) => isAsked(setting, connector, draft))
    .map(({ sentence }) => sentence);
  return { registrations, settings, secret, answers };
}

/** An answer as a person would say it; empty while there is none. */
function said(step: WizardStep, draft: SetupDraft, licences: LicenceView[]): string {
  if (step.kind === "mailboxes") return whose(draft.mailboxAccess[step.limit.registration]);
  if (step.kind === "audience") {
    const chosen = draft.audiences[step.choice.registration] ?? step.choice.offers[0]?.audience;
    return step.choice.offers.find(({ audience }) => audience === chosen)?.sentence ?? "";
  }
  if (step.kind !== "input") return "";
  const answer = draft.inputs[step.input.id]?.trim() ?? "";
  const { kind } = step.input;
  if (kind.kind === "choice") return kind.options.find((option) => option.value === answer)?.label ?? answer;
  if (kind.kind === "licence")
    return licences.find(({ partNumber }) => partNumber === answer)?.name ?? answer;
  if (kind.kind === "country") return answer === "" ? "" : countryName(answer);
  if (kind.kind === "certificate") return answer === "" ? "" : `${answer.slice(0, 27)}…`;
  return answer;
}

function whose(choice: MailboxAccessChoice | undefined): string {
  if (choice?.kind === "group") return choice.address;
  if (choice?.kind === "people") return choice.addresses.join(", ");
  return t("mailboxes.everyone");
}
