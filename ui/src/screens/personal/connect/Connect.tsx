import { Button, Field, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState } from "react";
import { ErrorNote } from "../../../components/ErrorNote";
import { OutsideIcon } from "../../../components/icons";
import { QuestionHeading } from "../../../components/QuestionHeading";
import { Screen } from "../../../components/Screen";
import type {
  AppError,
  Invitation,
  OrganisationClient,
  PersonalRequest,
  PracticeView,
} from "../../../contract/types";
import { t } from "../../../words";
import { AccountChoice } from "./AccountChoice";
import { AppChoice } from "./AppChoice";
import { type ConnectIssues, firstAnswers, lookAt, requestOf, type Step, stepsOf } from "./answers";
import { FeatureBoxes } from "./FeatureBoxes";
import { Preview } from "./Preview";
import { WhoGetsIt } from "./WhoGetsIt";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
});

/** The decisions one after the other; with an invitation, the last comes first and the others can be gone back to. */
export function Connect(props: {
  /** The browser is open; only the answers are kept. */
  hidden: boolean;
  invitation: Invitation | undefined;
  known: OrganisationClient[];
  practice: PracticeView | null;
  failure: AppError | null;
  onStart: (request: PersonalRequest) => void;
  onAgain: () => void;
}) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [form, question] = [useId(), useId()];
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  const { invitation, known, practice } = props;
  const practising = practice !== null;
  const [answers, setAnswers] = useState(() => firstAnswers(invitation, known, practice));
  const steps = stepsOf(answers);
  const [here, setHere] = useState(invitation === undefined ? 0 : steps.length - 1);
  const [issues, setIssues] = useState<ConnectIssues>({});
  const step = steps[here] ?? "lookAt";

  // biome-ignore lint/correctness/useExhaustiveDependencies: each step takes the focus when it comes up
  useEffect(() => {
    if (!moved.current) return;
    document.getElementById("main")?.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [here]);
  useEffect(() => {
    if (Object.keys(issues).length > 0)
      document.querySelector<HTMLElement>('main [aria-invalid="true"], main fieldset input')?.focus();
  }, [issues]);

  if (props.hidden) return null;
  const goTo = (place: number) => {
    moved.current = true;
    setIssues({});
    setHere(place);
  };
  const submit = () => {
    const found = lookAt(step, answers);
    setIssues(found);
    if (Object.keys(found).length > 0) return;
    if (step === "lookAt") props.onStart(requestOf(answers, known));
    else goTo(here + 1);
  };
  const change = (more: Partial<typeof answers>) => {
    setIssues({});
    setAnswers({ ...answers, ...more });
  };
  const common = { labelledBy: question };
  return (
    <Screen
      title={t("connect.title")}
      back={
        <Button onClick={() => (here === 0 ? void navigate({ to: "/account" }) : goTo(here - 1))}>
          {t("common.back")}
        </Button>
      }
      primary={
        step === "lookAt" ? (
          <Button appearance="primary" type="submit" form={form} icon={<OutsideIcon />} iconPosition="after">
            {t(practising ? "connect.goPractice" : "connect.go")}
          </Button>
        ) : (
          <Button appearance="primary" type="submit" form={form}>
            {t("connect.next")}
          </Button>
        )
      }
    >
      {props.failure && (
        <ErrorNote
          error={props.failure}
          actions={{
            tryAgain: props.onAgain,
            signIn: props.onAgain,
            chooseAccount: props.onAgain,
            changeClient: () => goTo(steps.indexOf("app")),
            changeAnswers: () => goTo(0),
          }}
        />
      )}
      <form
        id={form}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <QuestionHeading
          id={question}
          heading={heading}
          place={t("connect.stepOf", { number: here + 1, total: steps.length })}
          title={t(`connect.${step}`)}
          help={t(HELP[step])}
        />
        {step === "features" && (
          <Field
            validationState={issues.features === undefined ? "none" : "error"}
            validationMessage={issues.features ?? null}
          >
            <FeatureBoxes
              {...common}
              features={answers.features}
              onChange={(features) => change({ features })}
            />
          </Field>
        )}
        {step === "app" && (
          <AppChoice
            {...common}
            answers={answers}
            invited={invitation?.product ?? null}
            known={known}
            practising={practising}
            issues={issues}
            onChange={change}
          />
        )}
        {step === "accounts" && (
          <AccountChoice
            {...common}
            kind={answers.accounts}
            tenant={answers.tenant}
            issue={issues.tenant}
            onChange={(accounts, tenant) => change({ accounts, tenant })}
          />
        )}
        {step === "lookAt" && (
          <>
            <WhoGetsIt request={requestOf(answers, known)} known={known} />
            <Preview request={requestOf(answers, known)} />
          </>
        )}
      </form>
    </Screen>
  );
}

const HELP = {
  features: "connect.featuresHelp",
  app: "connect.appHelp",
  accounts: "connect.accountsHelp",
  lookAt: "connect.lookAtHelp",
} as const satisfies Record<Step, string>;
