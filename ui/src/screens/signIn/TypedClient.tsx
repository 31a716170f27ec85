import { Field, Input, makeStyles } from "@fluentui/react-components";
import { t } from "../../words";
import type { ClientAnswers, ClientIssues } from "./client";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "440px" },
});

/** The organisation and its client id, typed or pasted. */
export function TypedClient(props: {
  answers: ClientAnswers;
  issues: ClientIssues;
  onChange: (more: Partial<ClientAnswers>) => void;
}) {
  const { answers, issues, onChange } = props;
  return (
    <div className={useStyles().root}>
      <Field label={t("signIn.tenant")} hint={t("signIn.tenantHint")} {...problem(issues.tenant)}>
        <Input
          value={answers.tenant}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => onChange({ tenant: value })}
        />
      </Field>
      <Field label={t("signIn.clientId")} hint={t("signIn.clientIdHint")} {...problem(issues.clientId)}>
        <Input
          value={answers.clientId}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => onChange({ clientId: value })}
        />
      </Field>
    </div>
  );
}

const problem = (issue: string | undefined) => (issue === undefined ? {} : { validationMessage: issue });
