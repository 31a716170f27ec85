import { Field, Input, makeStyles, Radio, RadioGroup } from "@fluentui/react-components";
import { RadioWords } from "../../../components/RadioWords";
import type { OrganisationClient } from "../../../contract/types";
import { t } from "../../../words";
import { MoreChoices } from "../../signIn/MoreChoices";
import { type AppWay, type ConnectAnswers, type ConnectIssues, withApp } from "./answers";

const useStyles = makeStyles({
  typed: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    maxWidth: "440px",
    paddingInlineStart: "36px",
    paddingBlock: "4px 12px",
    "@media (max-width: 639px)": { paddingInlineStart: 0 },
  },
});

/** Which product gets to use the account. */
export function AppChoice(props: {
  answers: ConnectAnswers;
  /** What the invitation calls the product; none without an invitation. */
  invited: string | null;
  known: OrganisationClient[];
  practising: boolean;
  issues: ConnectIssues;
  labelledBy: string;
  onChange: (answers: ConnectAnswers) => void;
}) {
  const { answers, known, onChange } = props;
  return (
    <RadioGroup
      aria-labelledby={props.labelledBy}
      value={nameOf(answers.app)}
      onChange={(_, { value }) => onChange(withApp(answers, wayOf(value), known))}
    >
      {props.invited !== null && (
        <Radio
          value="invited"
          label={
            <RadioWords title={t("connect.appGiven", { product: props.invited })} hint={answers.clientId} />
          }
        />
      )}
      <Radio
        value="typed"
        label={<RadioWords title={t("connect.appTyped")} hint={t("connect.appTypedHint")} />}
      />
      {answers.app.kind === "typed" && <TypedApp {...props} />}
      {known.map((organisation, index) => (
        <Radio
          key={organisation.clientId + organisation.tenantId}
          value={`known-${index}`}
          label={
            <RadioWords
              title={t("connect.appKnown", { organisation: organisation.tenantName })}
              hint={t("connect.appKnownHint")}
            />
          }
        />
      ))}
    </RadioGroup>
  );
}

function TypedApp(props: Parameters<typeof AppChoice>[0]) {
  const styles = useStyles();
  const { answers, issues, onChange } = props;
  return (
    <div className={styles.typed}>
      <Field
        label={t("connect.product")}
        hint={t(props.practising ? "connect.productPractice" : "connect.productHint")}
        {...problem(issues.product)}
      >
        <Input
          value={answers.product}
          autoComplete="off"
          onChange={(_, { value }) => onChange({ ...answers, product: value })}
        />
      </Field>
      <Field label={t("connect.clientId")} hint={t("connect.clientIdHint")} {...problem(issues.clientId)}>
        <Input
          value={answers.clientId}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => onChange({ ...answers, clientId: value })}
        />
      </Field>
      {!props.practising && (
        <MoreChoices cloud={answers.cloud} onCloud={(cloud) => onChange({ ...answers, cloud })} />
      )}
    </div>
  );
}

const nameOf = (way: AppWay) => (way.kind === "known" ? `known-${way.index}` : way.kind);

function wayOf(value: string): AppWay {
  if (value === "typed" || value === "invited") return { kind: value };
  return { kind: "known", index: Number(value.slice("known-".length)) };
}

/** What a field says about an answer that needs another look. */
export const problem = (issue: string | undefined) =>
  issue === undefined ? {} : { validationMessage: issue };
