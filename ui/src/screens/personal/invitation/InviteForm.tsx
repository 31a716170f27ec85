import { Button, Field, Input, makeStyles, Radio, RadioGroup, Textarea } from "@fluentui/react-components";
import { type ReactNode, useEffect, useId, useMemo, useState } from "react";
import type { BackendError } from "../../../backend/Backend";
import { ErrorNote } from "../../../components/ErrorNote";
import { RadioWords } from "../../../components/RadioWords";
import { Screen } from "../../../components/Screen";
import { Section } from "../../../components/Section";
import type { OrganisationClient } from "../../../contract/types";
import { t } from "../../../words";
import { AccountChoice } from "../connect/AccountChoice";
import { problem } from "../connect/AppChoice";
import { withApp } from "../connect/answers";
import { FeatureBoxes } from "../connect/FeatureBoxes";
import { foundInInvite, type InviteAnswers, type InviteIssues, lookAtInvite } from "./inviteAnswers";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "24px" },
  field: { maxWidth: "440px" },
  wide: { maxWidth: "640px" },
  inner: {
    maxWidth: "440px",
    paddingInlineStart: "36px",
    paddingBlock: "4px 12px",
    "@media (max-width: 639px)": { paddingInlineStart: 0 },
  },
});

/** What is connected, for whom, and a few words to the people. */
export function InviteForm(props: {
  answers: InviteAnswers;
  known: OrganisationClient[];
  practising: boolean;
  busy: boolean;
  failure: BackendError | null;
  back: ReactNode;
  onChange: (answers: InviteAnswers) => void;
  onMake: () => void;
}) {
  const styles = useStyles();
  const [form, asked] = [useId(), useId()];
  const [looked, setLooked] = useState<InviteIssues>({});
  const { failure } = props;
  const issues = useMemo(
    () => ({ ...(failure && foundInInvite(failure.app)), ...looked }),
    [failure, looked],
  );
  const { answers } = props;
  useEffect(() => {
    if (Object.keys(issues).length > 0)
      document.querySelector<HTMLElement>('main [aria-invalid="true"], main fieldset input')?.focus();
  }, [issues]);
  const change = (more: Partial<InviteAnswers>) => props.onChange({ ...answers, ...more });
  const make = () => {
    const found = lookAtInvite(answers);
    setLooked(found);
    if (Object.keys(found).length === 0) props.onMake();
  };
  return (
    <Screen
      title={t("invite.title")}
      sentence={t("invite.sentence")}
      back={props.back}
      primary={
        <Button appearance="primary" type="submit" form={form} disabledFocusable={props.busy}>
          {t(props.busy ? "invite.making" : "invite.make")}
        </Button>
      }
    >
      {props.failure && <ErrorNote error={props.failure} actions={{ tryAgain: make }} />}
      <form
        id={form}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!props.busy) make();
        }}
      >
        <Field className={styles.field} label={t("invite.product")} {...problem(issues.product)}>
          <Input value={answers.product} onChange={(_, { value }) => change({ product: value })} />
        </Field>
        <WhichApp {...props} issue={issues.clientId} />
        <Section title={t("invite.features")}>
          <span id={asked} hidden>
            {t("invite.features")}
          </span>
          <Field
            validationState={issues.features === undefined ? "none" : "error"}
            validationMessage={issues.features ?? null}
          >
            <FeatureBoxes
              features={answers.features}
              labelledBy={asked}
              onChange={(features) => change({ features })}
            />
          </Field>
        </Section>
        {answers.app.kind !== "known" && <ForWhom {...props} issue={issues.tenant} />}
        <Field className={styles.field} label={t("invite.organisation")} {...problem(issues.organisation)}>
          <Input value={answers.organisation} onChange={(_, { value }) => change({ organisation: value })} />
        </Field>
        <Field
          className={styles.wide}
          label={t("invite.greeting")}
          hint={t("invite.greetingHint")}
          {...problem(issues.greeting)}
        >
          <Textarea
            rows={4}
            maxLength={500}
            resize="vertical"
            value={answers.greeting}
            onChange={(_, { value }) => change({ greeting: value })}
          />
        </Field>
      </form>
    </Screen>
  );
}

type PartProps = Pick<Parameters<typeof InviteForm>[0], "answers" | "known" | "onChange"> & {
  issue: string | undefined;
};

/** The app whose client id the invitation carries. */
function WhichApp({ answers, known, issue, onChange }: PartProps) {
  const styles = useStyles();
  const title = t("invite.app");
  return (
    <Section title={title}>
      <RadioGroup
        aria-label={title}
        value={answers.app.kind === "known" ? `known-${answers.app.index}` : "typed"}
        onChange={(_, { value }) => {
          const app =
            value === "typed"
              ? ({ kind: "typed" } as const)
              : ({ kind: "known", index: Number(value.slice("known-".length)) } as const);
          onChange({ ...answers, ...withApp(answers, app, known) });
        }}
      >
        <Radio
          value="typed"
          label={<RadioWords title={t("connect.appTyped")} hint={t("connect.appTypedHint")} />}
        />
        {answers.app.kind === "typed" && (
          <Field
            className={styles.inner}
            label={t("connect.clientId")}
            hint={t("connect.clientIdHint")}
            {...problem(issue)}
          >
            <Input
              value={answers.clientId}
              autoComplete="off"
              spellCheck={false}
              onChange={(_, { value }) => onChange({ ...answers, clientId: value })}
            />
          </Field>
        )}
        {known.map((organisation, index) => (
          <Radio
            key={organisation.clientId + organisation.tenantId}
            value={`known-${index}`}
            label={<RadioWords title={t("connect.appKnown", { organisation: organisation.tenantName })} />}
          />
        ))}
      </RadioGroup>
    </Section>
  );
}

/** Whose accounts may answer the invitation. */
function ForWhom({ answers, issue, onChange }: PartProps) {
  const id = useId();
  return (
    <Section title={t("invite.accounts")}>
      <span id={id} hidden>
        {t("invite.accounts")}
      </span>
      <AccountChoice
        kind={answers.accounts}
        tenant={answers.tenant}
        issue={issue}
        labelledBy={id}
        onChange={(accounts, tenant) => onChange({ ...answers, accounts, tenant })}
      />
    </Section>
  );
}
