import { Button, Field, makeStyles } from "@fluentui/react-components";
import { type ReactElement, useEffect, useId, useRef } from "react";
import { QuestionHeading } from "../../components/QuestionHeading";
import type { ConnectorView, InputIssue, SetupDraft } from "../../contract/types";
import { t } from "../../words";
import { Answer } from "./answers/Answer";
import { AudienceAnswer } from "./answers/AudienceAnswer";
import { Before } from "./answers/Before";
import { FeatureChoice } from "./answers/FeatureChoice";
import { Lifetime } from "./answers/Lifetime";
import { MailboxAccessAnswer } from "./answers/MailboxAccessAnswer";
import { OptionalPermissions } from "./answers/OptionalPermissions";
import {
  before,
  stepOfIssue,
  type WizardStep,
  withAnswer,
  withFeature,
  withPermission,
  withTick,
} from "./steps";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  suggestion: { marginTop: "8px" },
});

/** One question: what is asked, why, the answer, and what is wrong with it. Takes the focus when it comes up. */
export function Question(props: {
  step: WizardStep;
  number: number;
  total: number;
  connector: ConnectorView;
  draft: SetupDraft;
  issues: InputIssue[];
  onAnswer: (update: (before: SetupDraft) => SetupDraft) => void;
}) {
  const styles = useStyles();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { step, connector } = props;
  const issue = props.issues.find((each) => stepOfIssue([step], connector, each) !== undefined);
  useEffect(() => {
    document.getElementById("main")?.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (issue !== undefined)
      document
        .querySelector<HTMLElement>(
          '[aria-invalid="true"], fieldset input, [role="radiogroup"] input:checked',
        )
        ?.focus();
  }, [issue]);
  const words = wordsOf(step, connector);
  return (
    <div className={styles.root}>
      <QuestionHeading
        id={id}
        heading={heading}
        place={t("wizard.stepOf", { number: props.number, total: props.total })}
        {...words}
      />
      <Field
        validationState={issue ? "error" : "none"}
        validationMessage={
          issue ? (
            <Issue
              issue={issue}
              onTake={(answer) => props.onAnswer((answers) => withAnswer(answers, issue.input, answer))}
            />
          ) : null
        }
      >
        {body(props, id, issue !== undefined)}
      </Field>
    </div>
  );
}

function wordsOf(step: WizardStep, connector: ConnectorView): { title: string; help: string } {
  const name = connector.summary.name;
  switch (step.kind) {
    case "features":
      return { title: t("wizard.features", { name }), help: t("wizard.featuresHelp") };
    case "input":
      return { title: step.input.label, help: step.input.help };
    case "lifetime":
      return { title: t("wizard.lifetime"), help: t("wizard.lifetimeHelp", { name }) };
    case "before":
      return { title: t("wizard.before"), help: t("wizard.beforeHelp") };
    case "audience":
      return { title: t("wizard.audience", { app: step.choice.title }), help: t("wizard.audienceHelp") };
    case "permissions":
      return { title: t("wizard.permissions"), help: t("wizard.permissionsHelp") };
    case "mailboxes":
      return { title: t("wizard.mailboxes", { app: step.limit.title }), help: t("wizard.mailboxesHelp") };
  }
}

function body(props: Parameters<typeof Question>[0], labelledBy: string, wrong: boolean): ReactElement {
  const { step, connector, draft, onAnswer } = props;
  const common = { labelledBy, wrong };
  switch (step.kind) {
    case "features":
      return (
        <FeatureChoice
          {...common}
          connector={connector}
          chosen={draft.features}
          onChange={(feature, on) => onAnswer((answers) => withFeature(connector, answers, feature, on))}
        />
      );
    case "input":
      return (
        <Answer
          {...common}
          input={step.input}
          answer={draft.inputs[step.input.id]}
          accountId={draft.accountId}
          onChange={(answer) => onAnswer((answers) => withAnswer(answers, step.input.id, answer))}
        />
      );
    case "lifetime":
      return (
        <Lifetime
          {...common}
          suggested={connector.suggestedLifetimeMonths}
          months={draft.lifetimeMonths}
          onChange={(lifetimeMonths) => onAnswer((answers) => ({ ...answers, lifetimeMonths }))}
        />
      );
    case "before":
      return (
        <Before
          {...common}
          followUps={before(connector, draft)}
          ticks={draft.ticks}
          onTick={(id, done) => onAnswer((answers) => withTick(answers, id, done))}
        />
      );
    case "audience": {
      const { registration, offers } = step.choice;
      return (
        <AudienceAnswer
          {...common}
          offers={offers}
          chosen={draft.audiences[registration] ?? offers[0]?.audience ?? null}
          onChange={(audience) =>
            onAnswer((answers) => ({
              ...answers,
              audiences: { ...answers.audiences, [registration]: audience },
            }))
          }
        />
      );
    }
    case "permissions":
      return (
        <OptionalPermissions
          {...common}
          permissions={connector.optionalPermissions}
          on={draft.permissionsOn}
          onChange={(key, on) => onAnswer((answers) => withPermission(answers, key, on))}
        />
      );
    case "mailboxes": {
      const { registration } = step.limit;
      return (
        <MailboxAccessAnswer
          {...common}
          limit={step.limit}
          choice={draft.mailboxAccess[registration]}
          onChange={(choice) =>
            onAnswer((answers) => ({
              ...answers,
              mailboxAccess: { ...answers.mailboxAccess, [registration]: choice },
            }))
          }
        />
      );
    }
  }
}

function Issue({ issue, onTake }: { issue: InputIssue; onTake: (answer: string) => void }) {
  const styles = useStyles();
  const { suggestion } = issue;
  return (
    <>
      {issue.sentence}
      {suggestion !== null && (
        <div className={styles.suggestion}>
          <Button size="small" onClick={() => onTake(suggestion)}>
            {t("wizard.take", { answer: suggestion })}
          </Button>
        </div>
      )}
    </>
  );
}
